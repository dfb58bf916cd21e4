import Model
import TestSupport
import Testing

@testable import Writing

/// What the page and other systems tell of relatives: they must not depend on what is withheld.
@Suite("Carrier state of relatives")
struct WithheldCarriersTests {
  private static let states: [GenotypeState] = [.reference, .heterozygous, .homozygous, .missing]

  /// The small family with an unaffected brother, who has the given genotype at every allele, in words, flags and reads too.
  private func report(brother state: GenotypeState, status: AffectedStatus = .unaffected) -> Report {
    var report = SmallReport.report
    let brother = Individual(
      id: "BROTHER", family: "F", father: "DAD", mother: "MUM", sex: .male, status: status)
    report.subject.pedigree = Pedigree(report.subject.pedigree.individuals + [brother])
    report.headers[0].samples.append("BROTHER")
    let genotype = Genotype(
      text: state == .reference ? "0/0" : "0/1", state: state, depth: 31, alternateReads: state.isCarrier ? 14 : 0)
    for place in report.result.candidates.indices {
      for index in report.result.candidates[place].variants.indices {
        add(genotype, to: &report.result.candidates[place].variants[index])
      }
      for index in report.result.candidates[place].verdicts.indices {
        report.result.candidates[place].verdicts[index].members.append(
          MemberVerdict(
            member: "BROTHER", state: state, verdict: state.isCarrier ? .possible([.unaffectedCarrier]) : .pass))
        if state.isCarrier {
          report.result.candidates[place].verdicts[index].flags.append("obligate carrier: BROTHER")
        }
      }
      let allele = report.result.candidates[place].variants[0].variant.allele
      report.result.pileUps[allele] = [
        pileUp(of: "DAD", reads: 1), pileUp(of: "BROTHER", reads: state.isCarrier ? 2 : 1),
      ]
    }
    for index in report.result.nearMisses.indices { add(genotype, to: &report.result.nearMisses[index].variant) }
    return report
  }

  private func add(_ genotype: Genotype, to seen: inout CandidateVariant) {
    seen.variant.genotypes.append(genotype)
    if genotype.state.isCarrier {
      seen.variant.flags.append("reads: BROTHER 0/1 is taken as a carrier, 14 of 31 fragments")
    }
  }

  private func pileUp(of sample: String, reads: Int) -> PileUp {
    let read = PileUp.Read(start: 10, end: 40, isReverse: false, isDoubtful: false)
    return PileUp(
      sample: sample, window: Region(.chr1, 0, 60), reference: [], lines: Array(repeating: [read], count: reads),
      total: reads, shown: reads)
  }

  /// Page, bundle, packet and the lines for a terminal.
  private func outside(_ report: Report, showsCarriers: Bool = false) throws -> [String] {
    let writer = ReportWriter(
      report: report, exchange: Exchange(fhir: .stu3, phenopacket: true), showsCarriers: showsCarriers)
    let files = try writer.files().filter { ["report.html", "fhir.json", "phenopacket.json"].contains($0.name) }
    #expect(files.count == 3)
    return files.map { String(decoding: $0.bytes, as: UTF8.self) } + writer.summary()
  }

  @Test("Page, FHIR and phenopacket are the same whatever an unaffected brother carries")
  func nothingLeaks() throws {
    let expected = try outside(report(brother: .reference))
    for status in [AffectedStatus.unaffected, .unknown] {
      let plain = try outside(report(brother: .reference, status: status))
      for state in Self.states {
        for (found, other) in zip(try outside(report(brother: state, status: status)), plain) where found != other {
          let common = zip(found, other).prefix { $0 == $1 }.count
          Issue.record("\(state): …\(found.dropFirst(max(0, common - 80)).prefix(200))…")
        }
      }
    }
    #expect(expected[0].contains("BROTHER") && expected[0].contains("withheld, since the result"))
    #expect(expected[0].contains("--show-carriers"))
  }

  @Test("When asked for, everything is shown, and nothing is said to be withheld")
  func shown() throws {
    let carrier = try outside(report(brother: .heterozygous), showsCarriers: true)
    #expect(try carrier[0] != outside(report(brother: .reference), showsCarriers: true)[0])
    #expect(carrier[0].contains("obligate carrier: BROTHER") && carrier[0].contains("14 of 31 fragments"))
    #expect(!carrier[0].contains("withheld, since"))
  }

  @Test("Of parents, and of those who are affected too, the genotypes stand: they are evidence")
  func evidence() throws {
    let plain = SmallReport.report
    let page = String(decoding: try ReportWriter(report: plain).html(), as: UTF8.self)
    #expect(!page.contains("withheld"))
    #expect(page == String(decoding: try ReportWriter(report: plain, showsCarriers: true).html(), as: UTF8.self))
    let affected = report(brother: .heterozygous, status: .affected)
    #expect(WithheldCarriers(report: affected).shown.result.candidates == affected.result.candidates)
    let shown = WithheldCarriers(report: report(brother: .heterozygous)).shown
    let genotypes = shown.result.candidates.flatMap(\.variants).map(\.variant.genotypes)
    #expect(genotypes.allSatisfy { $0.map(\.isWithheld) == [false, false, false, true] })
    #expect(shown.result.pileUps.values.allSatisfy { $0.map(\.sample) == ["DAD"] })
    #expect(shown.withheld == ["BROTHER"])
  }

  @Test(
    "At a near miss the parents' genotypes are withheld as well, also where their reads took the allele off the list")
  func nearMisses() {
    var report = SmallReport.report
    report.result.nearMisses[0].kind = .contradictedByReads
    report.result.nearMisses[0].decision.value = .text(
      [
        "reads: MUM 0/0 is taken as a carrier, 12 of 30 fragments show the allele",
        "LONE: de_novo FAIL(inherited from a parent)",
      ]
      .map { Wording(verbatim: $0) }.joined(separator: "; "))
    let shown = WithheldCarriers(report: report).shown.result.nearMisses[0]
    #expect(shown.variant.variant.genotypes.map(\.isWithheld) == [false, true, true])
    #expect(
      shown.decision.value
        == .text("the reads of a relative, who is not named here; LONE: de_novo FAIL(inherited from a parent)"))
  }

  @Test("The laboratory's own files are complete")
  func complete() throws {
    let writer = ReportWriter(report: report(brother: .heterozygous))
    #expect(String(decoding: writer.candidatesJSON(), as: UTF8.self).contains("obligate carrier: BROTHER"))
    #expect(String(decoding: writer.candidateTable(), as: UTF8.self).contains("BROTHER"))
    let open = ReportWriter(report: report(brother: .heterozygous), showsCarriers: true)
    #expect(writer.candidatesJSON() == open.candidatesJSON() && writer.candidateTable() == open.candidateTable())
  }

  @Test("A member without genotypes is told as such: there is nothing to withhold")
  func untested() {
    var untested = report(brother: .missing)
    untested.headers[0].samples.removeLast()
    #expect(WithheldCarriers(report: untested).shown.withheld.isEmpty)
  }
}
