import Foundation
import TestSupport

/// Ten families in one joint file, each with a pedigree, panels and settings of its own, and a sheet of them.
///
/// Calls are drawn by a seed: several alternates, missing calls, phased ones. Every record of a gene lies in it by GRCh38.
struct JointFamilies {
  static let count = 10
  private static let panels = ["epilepsy", "mendeliome", "./own.tsv"]
  private static let settings = ["", "max_af: 0.05", "min_gq: 30, max_af: 0.02", "min_qual: 40"]

  let folder: TemporaryFolder
  let variants: String

  init(variants: String = "joint.vcf", records: Int = 240) throws {
    folder = try TemporaryFolder()
    self.variants = variants
    try folder.write("joint.vcf", Self.text(records: records))
    try folder.write("own.tsv", "symbol\nSCN1A\nTSC2\n")
    for family in 0..<Self.count {
      try folder.write("\(Self.name(family)).ped", Self.pedigree(family))
    }
    try writeSheet()
  }

  static func name(_ family: Int) -> String { "FAM-\(family < 9 ? "0" : "")\(family + 1)" }

  private static func members(_ family: Int) -> [String] { ["C", "F", "M"].map { name(family) + "-" + $0 } }

  private static func pedigree(_ family: Int) -> String {
    let (id, members) = (name(family), members(family))
    return "\(id)\t\(members[0])\t\(members[1])\t\(members[2])\t\(family % 2 + 1)\t2\n"
      + "\(id)\t\(members[1])\t0\t0\t1\t1\n\(id)\t\(members[2])\t0\t0\t2\t\(family == 4 ? 2 : 1)\n"
  }

  /// - Parameter name: of the variant file, by family, where it is another.
  func writeSheet(_ name: (Int) -> String? = { _ in nil }) throws {
    for family in 0..<Self.count {
      let id = Self.name(family)
      try folder.write(
        id + ".yaml",
        """
        case: \(id)
        variants: \(name(family) ?? variants)
        pedigree: \(id).ped
        proband: \(id)-C
        panels: [\(Self.panels[family % Self.panels.count])]
        phenotypes: [\(family == 3 ? "HP:0001250" : "")]
        settings: {\(Self.settings[family % Self.settings.count])}

        """)
    }
    try folder.write("cases.tsv", "case\n" + (0..<Self.count).map { Self.name($0) + ".yaml\n" }.joined())
  }

  func batch(_ out: String = "out", _ more: [String] = []) throws -> Program.Outcome {
    try Program.run(["batch", folder.file("cases.tsv"), "--out", folder.file(out)] + more)
  }

  /// The family screened alone.
  func screen(_ family: Int, _ more: [String] = []) throws -> Program.Outcome {
    let id = Self.name(family)
    return try Program.run(["screen", folder.file(id + ".yaml"), "--out", folder.file("alone/" + id)] + more)
  }

  private static func text(records: Int) -> String {
    var state: UInt64 = 7
    func draw(_ choices: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % choices
    }
    var text = SmallFamily()
    text.samples = (0..<count).flatMap(members)
    let genes = [("chr1", 42_926_000, "SLC2A1"), ("chr2", 165_990_000, "SCN1A"), ("chr16", 2_048_000, "TSC2")]
    let calls = ["0/0", "0/0", "0/0", "0/0", "0/0", "0/0", "0/0", "0/1", "0|1", "1/1", "./."]
    for (place, start, gene) in genes {
      for index in 0..<records / genes.count {
        let isMultiallelic = draw(5) == 0
        let column = text.samples.map { _ in isMultiallelic && draw(4) == 0 ? "1/2" : calls[draw(calls.count)] }
        text.add(
          place, start + 31 * index, "C", isMultiallelic ? "T,G" : "T", column, gene: gene,
          consequence: index % 3 == 0 ? "stop_gained" : "missense_variant",
          impact: index % 3 == 0 ? "HIGH" : "MODERATE",
          frequency: [0, 0.0001, 0.03, 0.3][draw(4)], filter: draw(20) == 0 ? "LowQual" : "PASS")
      }
      // Between genes, where nothing is looked for.
      for index in 0..<records / genes.count {
        text.add(
          place, start + 30_000_000 + 500 * index, "A", "G", text.samples.map { _ in calls[draw(calls.count)] },
          gene: "NONE", consequence: "intergenic_variant", impact: "MODIFIER", frequency: 0.01)
      }
    }
    return text.text
  }
}
