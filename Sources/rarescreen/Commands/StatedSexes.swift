import ArgumentParser
import Model

/// What `--sex` says of the samples of a command that has no pedigree: `female` of all of them, `CHILD=female` of one.
struct StatedSexes {
  private var ofAll: Sex?
  private var ofSample: [String: Sex] = [:]

  init(_ flags: [String]) throws {
    for flag in flags {
      let equals = flag.lastIndex(of: "=")
      let word = equals.map { String(flag[flag.index(after: $0)...]) } ?? flag
      let sample = equals.map { String(flag[..<$0]) }
      guard let sex = Sex(rawValue: word), sample?.isEmpty != true else {
        throw ValidationError("--sex takes male or female, or SAMPLE=male or SAMPLE=female, not '\(flag)'.")
      }
      if let sample {
        if let other = ofSample.updateValue(sex, forKey: sample), other != sex {
          throw ValidationError("--sex says \(other.rawValue) and \(sex.rawValue) of \(sample); keep one of them.")
        }
      } else if let other = ofAll, other != sex {
        throw ValidationError(
          "--sex says \(other.rawValue) and \(sex.rawValue) of all samples; write SAMPLE=\(sex.rawValue).")
      } else {
        ofAll = sex
      }
    }
  }

  subscript(sample: String) -> Sex { ofSample[sample] ?? ofAll ?? .unknown }

  /// Refuses a sex of somebody whom no file holds, who is a sample under another spelling.
  func check(against samples: [String]) throws(Failure) {
    let strangers = ofSample.keys.filter { !samples.contains($0) }.sorted()
    guard let name = strangers.first else { return }
    throw Failure(
      .usage,
      "--sex names \(name), but the files hold reads of \(samples.joined(separator: ", ")); write the sample as its file does"
    )
  }
}
