// A batch in parts, then joined; what comes out is that of one run of 'rarescreen batch'.
nextflow.enable.dsl = 2

params.sheet = null
params.out = 'results'
params.parts = 4
params.flags = ''

include { PART; MERGE } from './modules/rarescreen'

workflow {
    if (!params.sheet) error "give --sheet FOLDER/cases.tsv; the folder holds all files that the sheet names"
    def sheet = file(params.sheet, checkIfExists: true)
    def count = params.parts as int
    parts = PART(Channel.of(1..count).map { number -> tuple(number, count, sheet.parent, sheet.name) }, params.flags)
    MERGE(parts.collect(), file(params.out).name)
}
