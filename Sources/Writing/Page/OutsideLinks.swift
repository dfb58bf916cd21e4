internal import Model

/// Addresses at which public databases tell of a gene, a disease or an allele. They are written out for a reader to follow; the
/// page itself loads nothing.
struct OutsideLinks {
  struct Link: Equatable {
    var name: String
    var address: String

    var view: View { .object(["name": .text(name), "address": .text(address)]) }
  }

  let assembly: Assembly

  /// HGNC and Genomics England PanelApp for a gene with an HGNC id, the catalogue of its disease where the id names one.
  func links(of gene: TargetGene, disease: Disease?) -> [Link] {
    var links: [Link] = []
    if let id = gene.hgncID, let number = Self.digits(of: id, after: "HGNC:") {
      links.append(
        Link(name: "HGNC", address: "https://www.genenames.org/data/gene-symbol-report/#!/hgnc_id/HGNC:\(number)"))
      links.append(
        Link(
          name: "PanelApp",
          address: "https://panelapp.genomicsengland.co.uk/panels/entities/\(Self.encoded(gene.symbol))"))
    }
    if let disease = disease?.id {
      if let number = Self.digits(of: disease, after: "OMIM:") {
        links.append(Link(name: "OMIM", address: "https://omim.org/entry/\(number)"))
      } else if let number = Self.digits(of: disease, after: "ORPHA:") {
        links.append(Link(name: "Orphanet", address: "https://www.orpha.net/en/disease/detail/\(number)"))
      } else if let number = Self.digits(of: disease, after: "MONDO:") {
        links.append(Link(name: "Mondo", address: "https://monarchinitiative.org/MONDO:\(number)"))
      }
    }
    return links
  }

  /// ClinVar at the place of an allele, and gnomAD for a small variant of a nuclear chromosome.
  func links(of allele: Allele) -> [Link] {
    let isNew = assembly == .grch38
    let chromosome = allele.contig == .mitochondrion ? "MT" : allele.contig.name
    var links = [
      Link(
        name: "ClinVar",
        address: "https://www.ncbi.nlm.nih.gov/clinvar/?term=\(chromosome)%5Bchr%5D+AND+\(allele.position)"
          + "%5B\(isNew ? "chrpos38" : "chrpos37")%5D")
    ]
    let isPlain = [allele.reference, allele.alternate].allSatisfy { bases in
      !bases.isEmpty && bases.utf8.count <= 50 && bases.utf8.allSatisfy { "ACGT".utf8.contains($0) }
    }
    if isPlain, allele.contig != .mitochondrion {
      links.append(
        Link(
          name: "gnomAD",
          address: "https://gnomad.broadinstitute.org/variant/\(chromosome)-\(allele.position)-\(allele.reference)-"
            + "\(allele.alternate)?dataset=\(isNew ? "gnomad_r4" : "gnomad_r2_1")"))
    }
    return links
  }

  private static func digits(of text: String, after prefix: String) -> Substring? {
    guard text.hasPrefix(prefix) else { return nil }
    let number = text.dropFirst(prefix.count)
    return !number.isEmpty && number.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      ? number : nil
  }

  /// Everything but letters and digits of ASCII, `-` and `_` as %XX: nothing that a file holds may end an address or an attribute.
  private static func encoded(_ text: String) -> String {
    text.utf8.map { byte in
      let scalar = Unicode.Scalar(byte)
      let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
      return isPlain || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
        ? String(Character(scalar)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }.joined()
  }
}
