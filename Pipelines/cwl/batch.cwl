cwlVersion: v1.2
class: Workflow
doc: A batch in parts, then joined; what comes out is that of one run of 'rarescreen batch'.
requirements:
  ScatterFeatureRequirement: {}
inputs:
  data:
    type: Directory
    doc: Folder with the sheet and all files that it names.
  sheet:
    type: string
    default: cases.tsv
  parts:
    type: int[]
    doc: The numbers of the parts, from 1.
    default: [1, 2, 3, 4]
  flags:
    type: string[]
    doc: Of 'rarescreen batch'.
    default: []
  out:
    type: string
    default: results
steps:
  part:
    run: part.cwl
    scatter: number
    in:
      data: data
      sheet: sheet
      number: parts
      parts: parts
      flags: flags
    out: [folder]
  merge:
    run: merge.cwl
    in:
      parts: part/folder
      out: out
    out: [results]
outputs:
  results:
    type: Directory
    outputSource: merge/results
