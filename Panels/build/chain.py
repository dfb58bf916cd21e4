"""UCSC chain files: where stretches of one build lie on another."""

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass

from tables import open_text


@dataclass(frozen=True)
class Block:
    """A gapless aligned stretch; `target` starts count on the target's forward strand."""

    start: int
    end: int
    chain: int
    contig: str
    target: int
    forward: bool

    def lift(self, start, end):
        """The interval's image, as (start, end) on the target's forward strand; the interval is inside the block."""
        if self.forward:
            return self.target + start - self.start, self.target + end - self.start
        last = self.target + self.end - self.start
        return last - (end - self.start), last - (start - self.start)


class Chains:
    """All blocks by source contig, without the prefix 'chr'."""

    def __init__(self, path):
        self.blocks = defaultdict(list)
        with open_text(path) as file:
            for line in file:
                fields = line.split()
                if line.startswith("chain"):
                    head, source, target = fields, int(fields[5]), int(fields[10])
                elif fields:
                    size = int(fields[0])
                    self._add(head, source, target, size)
                    if len(fields) == 3:
                        source += size + int(fields[1])
                        target += size + int(fields[2])
        for blocks in self.blocks.values():
            blocks.sort(key=lambda block: (block.start, block.chain))
        self.starts = {contig: [block.start for block in blocks] for contig, blocks in self.blocks.items()}
        self.longest = {contig: max(b.end - b.start for b in blocks) for contig, blocks in self.blocks.items()}

    def _add(self, head, source, target, size):
        """`head`: chain score tName tSize tStrand tStart tEnd qName qSize qStrand qStart qEnd id."""
        forward = head[9] == "+"
        at = target if forward else int(head[8]) - target - size
        contig = head[2].removeprefix("chr")
        self.blocks[contig].append(
            Block(source, source + size, int(head[12]), head[7].removeprefix("chr"), at, forward)
        )

    def lift(self, contig, start, end):
        """Each aligned piece of the interval: (chain, contig, start, end, forward)."""
        blocks = self.blocks.get(contig, [])
        if not blocks:
            return
        first = bisect_right(self.starts[contig], start - self.longest[contig])
        for block in blocks[first:bisect_right(self.starts[contig], end - 1)]:
            low, high = max(start, block.start), min(end, block.end)
            if low < high:
                yield (block.chain, block.contig, *block.lift(low, high), block.forward)
