import Foundation
import Model
import Reading
import Screening

/// The alignment files of a case's members, opened far enough to know that they are theirs and of the case's build.
struct FamilyAlignments: Sendable {
  struct Member: Sendable {
    /// Position in the pedigree.
    var position: Int
    var file: AlignmentFile
  }

  /// By position.
  let members: [Member]
  let warnings: [Wording]

  /// - Parameters:
  ///   - paths: of the alignment files, by member.
  ///   - reference: FASTA of the case.
  init(_ paths: [(member: String, path: String)], reference: String?, subject: Case) throws {
    var members: [Member] = []
    var warnings: [Wording] = []
    var owners: [FileStatus.Identity: (position: Int, path: String)] = [:]
    for (name, path) in paths {
      // Who is not of the family was named in a warning already, and so was who has two files; one may be listed twice.
      guard let position = subject.pedigree.position(of: name),
        !members.contains(where: { $0.position == position })
      else { continue }
      if let identity = FileStatus(path: path)?.identity {
        if let owner = owners[identity] {
          throw Self.shared(path, of: name, owner.path, of: subject.pedigree.individuals[owner.position].id)
        }
        owners[identity] = (position, path)
      }
      let file = try AlignmentFile(path: path, reference: reference)
      try Self.check(file, isOf: subject.pedigree.individuals[position].id, &warnings)
      try Self.check(file, isOn: subject.assembly, &warnings)
      warnings += file.warnings
      members.append(Member(position: position, file: file))
    }
    self.members = members.sorted { $0.position < $1.position }
    self.warnings = warnings
  }

  /// Reads of one person would vouch for the calls of another.
  private static func shared(_ path: String, of name: String, _ other: String, of owner: String) -> Failure {
    Failure(
      .malformedInput,
      path == other
        ? "\(path): given as the reads of \(owner) and of \(name); give each member's own file"
        : """
        \(other), given as the reads of \(owner), and \(path), given as those of \(name), are one file; \
        give each member's own file
        """)
  }

  /// Reads under another person's name are a swap until somebody says otherwise.
  private static func check(_ file: AlignmentFile, isOf name: String, _ warnings: inout [Wording]) throws {
    if file.samples == [name] { return }
    if file.samples.isEmpty {
      warnings.append(
        "\(file.path): its header names no sample (@RG SM), so nothing says that these are reads of \(name)")
      return
    }
    throw Failure(
      .malformedInput,
      """
      \(file.path): reads of \(file.samples.prefix(5).joined(separator: ", ")), but named as those of \(name); \
      give \(name)'s own file, or correct the name with: samtools addreplacerg
      """)
  }

  private static func check(_ file: AlignmentFile, isOn assembly: Assembly, _ warnings: inout [Wording]) throws {
    let evidence = file.assemblyEvidence
    let why = evidence.reasons.joined(separator: "; ")
    switch evidence.finding {
    case .assembly(assembly): return
    case .assembly(let other):
      throw Failure(
        .malformedInput,
        "\(file.path): reads on \(other) (\(why)), but the variants are on \(assembly); give reads of their build")
    case .unsupported:
      throw Failure(
        .malformedInput, "\(file.path): contig lengths of no build known here (\(why)); give reads of \(assembly)")
    case .mixed: warnings.append("\(file.path): not all contig lengths are of \(assembly) (\(why))")
    case .unknown: warnings.append("\(file.path): no contig length tells the build; taken as \(assembly)")
    }
  }
}
