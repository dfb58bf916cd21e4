"""What a script with cyvcf2 does for the question of peers.py: usage: loop_cyvcf2.py FILE, kept records to standard output."""

import sys

from cyvcf2 import VCF, Writer


def rare(value):
    # None alone: not in gnomAD. A tuple: a figure for each ALT allele.
    values = value if isinstance(value, tuple) else (value,)
    return any(one is None or one < 0.001 for one in values)


variants = VCF(sys.argv[1])
out = Writer("-", variants)
for variant in variants:
    # cyvcf2 gives None where FILTER is PASS.
    if variant.FILTER is None and variant.QUAL is not None and variant.QUAL > 30 and rare(variant.INFO.get("gnomad_AF")):
        out.write_record(variant)
out.close()
