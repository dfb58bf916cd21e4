cwlVersion: v1.2
class: CommandLineTool
doc: Joins the parts of a batch.
baseCommand: [rarescreen, merge]
requirements:
  ResourceRequirement:
    coresMin: 1
    ramMin: 1000
inputs:
  parts:
    type: Directory[]
    inputBinding:
      position: 1
  out:
    type: string
    inputBinding:
      position: 2
      prefix: --out
outputs:
  results:
    type: Directory
    outputBinding:
      glob: $(inputs.out)
successCodes: [0, 65]
