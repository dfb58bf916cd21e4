version 1.0

# A batch in parts, then joined; what comes out is that of one run of 'rarescreen batch'.
workflow batch {
  input {
    File sheet
    # All files that the sheet names, from its own folder: engines keep files of one folder together.
    Array[File] files
    Int parts = 4
    String flags = ""
    String image = "rarescreen"
  }

  scatter (index in range(parts)) {
    call part { input: sheet = sheet, files = files, number = index + 1, parts = parts, flags = flags, image = image }
  }
  call merge { input: parts = part.folder, image = image }

  output {
    # The folder that one run leaves, as an archive.
    File results = merge.results
  }
}

task part {
  input {
    File sheet
    Array[File] files  # they lie beside the sheet; !UnusedDeclaration
    Int number
    Int parts
    String flags
    String image
    Int threads = 2
    Int memory_mb = 4000
  }

  command <<<
    set -eu
    # 65: some cases failed; summary.tsv says which and why.
    rarescreen batch "~{sheet}" --out part --shard ~{number}/~{parts} --threads ~{threads} --memory ~{memory_mb}M ~{flags} ||
      { code=$?; [ "$code" = 65 ] && [ -e part/summary.tsv ] || exit "$code"; }
    tar -cf part.tar part
  >>>

  output {
    File folder = "part.tar"
  }

  runtime {
    docker: image
    cpu: threads
    memory: "~{memory_mb} MB"
    maxRetries: 2
  }
}

task merge {
  input {
    Array[File] parts
    String image
  }

  command <<<
    set -eu
    number=0
    folders=""
    for archive in ~{sep=" " parts}; do
      number=$((number + 1))
      mkdir "part-$number"
      tar -C "part-$number" --strip-components=1 -xf "$archive"
      folders="$folders part-$number"
    done
    rarescreen merge $folders --out results || { code=$?; [ "$code" = 65 ] && [ -e results/summary.tsv ] || exit "$code"; }
    tar -czf results.tar.gz results
  >>>

  output {
    File results = "results.tar.gz"
  }

  runtime {
    docker: image
    cpu: 1
    memory: "2000 MB"
    maxRetries: 2
  }
}
