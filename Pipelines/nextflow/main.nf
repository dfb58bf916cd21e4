// A batch in parts, then joined; what comes out is that of one run of 'rarescreen batch'.
nextflow.enable.dsl = 2

params.sheet = null
params.out = 'results'
params.parts = 4
params.flags = ''

process PART {
    tag "${number}/${params.parts}"
    cpus 4
    memory { 4.GB * task.attempt }
    time { 4.h * task.attempt }
    // 75: stopped by a signal; above 128: killed.
    errorStrategy { task.exitStatus == 75 || task.exitStatus > 128 ? 'retry' : 'finish' }
    maxRetries 2

    input:
    tuple val(number), path(data), val(sheet)

    output:
    path "part-${number}"

    script:
    // 65: some cases failed; summary.tsv says which and why.
    """
    rarescreen batch ${data}/${sheet} --out part-${number} --shard ${number}/${params.parts} \\
        --threads ${task.cpus} --memory ${task.memory.toMega()}M ${params.flags} ||
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

workflow {
    if (!params.sheet) error "give --sheet FOLDER/cases.tsv; the folder holds all files that the sheet names"
    def sheet = file(params.sheet, checkIfExists: true)
    parts = PART(Channel.of(1..params.parts).map { number -> tuple(number, sheet.parent, sheet.name) })
    MERGE(parts.collect(), file(params.out).name)
}
