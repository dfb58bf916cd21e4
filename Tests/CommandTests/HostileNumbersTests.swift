import TestSupport
import Testing

/// Numbers that no honest file holds: each must be read, refused or set aside, and never stop the program.
@Suite struct HostileNumbersTests {
  @Test func extentsAreBounded() throws {
    var subject = try HostileCase()
    let extents = [
      "SVTYPE=DEL;SVLEN=-9223372036854775808", "SVTYPE=DUP;SVLEN=9223372036854775807", "SVTYPE=DEL;SVLEN=0",
      "SVTYPE=DEL;END=5", "SVTYPE=CNV;SVLEN=99999999999999999999",
    ]
    subject.records = extents.enumerated().map { place, info in
      HostileCase.record(
        position: HostileCase.place + place, alternate: "<DEL>", info: info + ";" + HostileCase.consequence())
    }
    let outcome = try subject.run()
    #expect(outcome.status == 0, "\(outcome.text)")
    #expect(try !subject.candidates().isEmpty)
  }

  @Test(arguments: ["536870913", "99999999999999999999999"])
  func anEndThatNoIndexHoldsIsRefusedWithItsLine(end: String) throws {
    var subject = try HostileCase()
    subject.records = [
      HostileCase.record(),
      HostileCase.record(position: HostileCase.place + 1, alternate: "<DEL>", info: "SVTYPE=DEL;END=\(end)"),
    ]
    let outcome = try subject.run()
    #expect(outcome.status == 65, "\(outcome.text)")
    #expect(outcome.stderr.contains("line 15") && outcome.stderr.contains(end), "\(outcome.stderr)")
    #expect(!subject.folder.exists("out/candidates.tsv"))
  }

  @Test func callsOfTheProband() throws {
    var subject = try HostileCase()
    let calls = [
      "0/1:9223372036854775807,9223372036854775807:9223372036854775807:99", "0/1:-5,20:-1:99", "0/1:20:40:99",
      "0/99999999999999999999:20,20:40:99", "0/-1:20,20:40:99", "/:20,20:40:99", "1|:20,20:40:99",
      "0/1/0/1/0/1:20,20:40:nan", "0/1:nan,inf:x:inf",
    ]
    subject.records = calls.enumerated().map { place, call in
      HostileCase.record(position: HostileCase.place + place, calls: [call] + HostileCase.calls.dropFirst())
    }
    let outcome = try subject.run()
    #expect(outcome.status == 0, "\(outcome.text)")
    #expect(try subject.candidates().allSatisfy { $0 != nil })
  }

  @Test func aParentWithoutUsableGenotypeNeverMakesAPass() throws {
    var subject = try HostileCase()
    let calls = [".", "./.", "./.:.:.:.", ".|.", "0/7:40,0:40:99", "0/0:0,0:0:0", "0/0:2,0:2:3"]
    subject.records = calls.enumerated().map { place, call in
      HostileCase.record(
        position: HostileCase.place + place, calls: [HostileCase.calls[0], call, HostileCase.calls[2]])
    }
    let outcome = try subject.run()
    #expect(outcome.status == 0, "\(outcome.text)")
    let verdicts = try subject.candidates().map { $0?["verdicts"] ?? "PASS" }
    #expect(verdicts.count == calls.count)
    #expect(verdicts.allSatisfy { !$0.contains("PASS") }, "\(verdicts)")
  }

  @Test func theReferenceWrittenAsAlternateIsNoFinding() throws {
    var subject = try HostileCase()
    subject.records = [
      HostileCase.record(), HostileCase.record(position: HostileCase.place + 1, alternate: "C"),
      HostileCase.record(position: HostileCase.place + 2, alternate: "c"),
    ]
    let outcome = try subject.run()
    #expect(outcome.status == 0, "\(outcome.text)")
    #expect(try subject.candidates().map { $0?["pos"] } == ["\(HostileCase.place)"])
  }

  @Test(arguments: ["9223372036854775807", "0"])
  func explainRefusesPlacesBeyondAnyContig(position: String) throws {
    var subject = try HostileCase()
    subject.records = [HostileCase.record()]
    let outcome = try subject.run("explain", ["--variant", "2-\(position)-C-T"])
    #expect(outcome.status == 64, "\(outcome.text)")
  }
}
