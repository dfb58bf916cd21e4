// One part of a batch, and the joining of all parts.
process PART {
    tag "${number}/${parts}"
    cpus 4
    memory { 4.GB * task.attempt }
    time { 4.h * task.attempt }
    // 74: a disk or network failed; 75: stopped by a signal; above 128: killed.
    errorStrategy { task.exitStatus in [74, 75] || task.exitStatus > 128 ? 'retry' : 'finish' }
    maxRetries 2

    input:
    tuple val(number), val(parts), path(data), val(sheet)
    val flags

    output:
    path "part-${number}"

    script:
    // 65: some cases failed; summary.tsv says which and why.
    """
    rarescreen batch ${data}/${sheet} --out part-${number} --shard ${number}/${parts} \\
        --threads ${task.cpus} --memory ${task.memory.toMega()}M ${flags} ||
        { code=\$?; [ \$code = 65 ] && [ -e part-${number}/summary.tsv ] || exit \$code; }
    """
}

process MERGE {
    publishDir file(params.out).parent, mode: 'copy'
    memory 2.GB
    time 1.h

    input:
    path parts
    val name

    output:
    path "${name}"

    script:
    """
    rarescreen merge ${parts} --out ${name} ||
        { code=\$?; [ \$code = 65 ] && [ -e ${name}/summary.tsv ] || exit \$code; }
    """
}
