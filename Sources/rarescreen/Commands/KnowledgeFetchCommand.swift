import ArgumentParser
import Knowledge
import Model

extension KnowledgeCommand {
  struct Fetch: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Fetches the files of a source, or one file by its address.",
      discussion: HelpText.discussion(
        """
        A file grows as NAME.part and gets its name when it is whole and its checksum right; what is there already is not fetched \
        again. A connection that breaks is taken up again, and a fetch that was stopped goes on with the same command. The program \
        'curl' does the transfer; proxies and certificates are those of the environment (https_proxy, CURL_CA_BUNDLE). Where there is no network, fetch the addresses \
        of 'knowledge sources NAME' elsewhere and carry the files over.
        """, examples: "knowledge fetch clinvar --out downloads",
        "knowledge fetch https://example.org/scores.tsv.gz --sha256 HEX"))
    @Argument(help: ArgumentHelp("Name from 'knowledge sources', or an address.", valueName: "name|url"))
    var wanted: String
    @Option(help: "Folder to put the files in; made when missing.", completion: .directory)
    var out = "."
    @Option(help: ArgumentHelp("SHA-256 that the file must have.", valueName: "hex"))
    var sha256: String?
    @Option(
      help: ArgumentHelp("MD5 that the file must have, where its publisher gives nothing better.", valueName: "hex"))
    var md5: String?
    @Option(help: ArgumentHelp("Address of the publisher's list of checksums.", valueName: "url"))
    var checksums: String?
    @Option(help: "Assembly, where a source has files for both: GRCh37 or GRCh38 (default).")
    var build: String?
    @Option(help: "How often in a row a broken connection is taken up again.")
    var retries = 5
    @OptionGroup var common: CommonOptions

    func validate() throws {
      if !(0...100).contains(retries) {
        throw ValidationError("--retries takes a number from 0 to 100, not \(retries).")
      }
      if [sha256, md5, checksums].count(where: { $0 != nil }) > 1 {
        throw ValidationError("Give one of --sha256, --md5 and --checksums.")
      }
      if let sha256, Checksum(sha256, origin: "")?.kind != .sha256 {
        throw ValidationError("--sha256 takes 64 hexadecimal digits.")
      }
      if let md5, Checksum(md5, origin: "")?.kind != .md5 {
        throw ValidationError("--md5 takes 32 hexadecimal digits.")
      }
    }

    func run() throws {
      try Session.run(common, stopped: .stoppedFetch) { session in
        let given = sha256.map { ($0, "the one given with --sha256") } ?? md5.map { ($0, "the one given with --md5") }
        let run = FetchRun(
          session: session, folder: out, checksum: given.flatMap { Checksum($0.0, origin: $0.1) }, list: checksums,
          retries: retries)
        let assembly = try build.map { name throws(Failure) in try Assembly(flag: name) }
        if wanted.contains("://") {
          // An address needs no table; one that is in it has its checksum and command from there.
          let hasTable = (try? DataDirectory.find(given: common.knowledge)) != nil
          try run.run(hasTable ? try KnowledgeSources(common) : nil, address: wanted)
        } else {
          try run.run(try KnowledgeSources(common), name: wanted, assembly: assembly)
        }
      }
    }
  }
}
