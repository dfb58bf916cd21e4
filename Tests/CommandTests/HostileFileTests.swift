import Model
import TestSupport
import Testing

/// Files cut short or damaged anywhere: told, never answered from, never a crash.
@Suite struct HostileFileTests {
  private func subject() throws -> HostileCase {
    var subject = try HostileCase()
    subject.records = (0..<4).map { HostileCase.record(position: HostileCase.place + $0) }
    return subject
  }

  @Test func aPlainFileThatEndsInsideALineIsCutShort() throws {
    let subject = try subject()
    let last = HostileCase.record(position: HostileCase.place + 9)
    // Up to the last value, whose own digits may be missing unseen.
    let cuts = last.utf8.count - "99\n".utf8.count
    for length in stride(from: cuts, to: 0, by: -29) {
      let outcome = try subject.run("qc", variants: subject.text + last.prefix(length))
      #expect(outcome.status == 65, "\(length): \(outcome.text)")
    }
  }

  @Test func aMissingFinalNewlineAloneIsNoFault() throws {
    let subject = try subject()
    for ending in ["0/0:40,0:40:99", "./.", "."] {
      let last = HostileCase.record(
        position: HostileCase.place + 9, calls: [HostileCase.calls[0], HostileCase.calls[1], ending])
      let outcome = try subject.run("qc", variants: subject.text + last.dropLast())
      #expect(outcome.status == 0, "\(outcome.text)")
    }
  }

  @Test func damageAnywhereNeverStopsTheProgram() throws {
    let subject = try subject()
    let sound = Array(subject.text.utf8)
    var random = SplitMix64(seed: 2_026)
    for round in 0..<16 {
      var bytes = sound
      for _ in 0...(round % 4) {
        bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      let path = try subject.folder.file("damaged.vcf", bytes)
      try subject.folder.write("case.ped", subject.pedigree)
      let outcome = try Program.run([
        "screen", "--vcf", path, "--ped", subject.folder.file("case.ped"), "--proband", "child", "--panel", "epilepsy",
        "--out", subject.folder.file("out\(round)"),
      ])
      #expect([0, 64, 65].contains(outcome.status), "round \(round): \(outcome.text)")
      if outcome.status != 0 { #expect(!subject.folder.exists("out\(round)/candidates.tsv")) }
    }
  }
}
