cwlVersion: v1.2
class: CommandLineTool
doc: One part of a batch of cases.
baseCommand: [rarescreen, batch]
requirements:
  ResourceRequirement:
    coresMin: 1
    ramMin: 2000
arguments:
  - prefix: --out
    valueFrom: part-$(inputs.number)
  - prefix: --shard
    valueFrom: $(inputs.number)/$(inputs.parts.length)
  - prefix: --threads
    valueFrom: $(runtime.cores)
  - prefix: --memory
    valueFrom: $(runtime.ram)M
inputs:
  data:
    type: Directory
    doc: Folder with the sheet and all files that it names.
  sheet:
    type: string
    doc: Name of the sheet in that folder.
    inputBinding:
      position: 1
      valueFrom: $(inputs.data.path)/$(self)
  number: int
  parts: int[]
  flags:
    type: string[]
    default: []
    inputBinding:
      position: 2
outputs:
  folder:
    type: Directory
    outputBinding:
      glob: part-$(inputs.number)
# 65: some cases failed; summary.tsv says which and why.
successCodes: [0, 65]
