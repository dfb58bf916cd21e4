public import Model

/// Why the laboratory's cohort cannot be used, or not in the way that was asked.
public enum CohortFault: Sendable, Equatable {
  /// There is no database yet.
  case absent
  /// A folder, a pipe or a device; the text says which.
  case notAFile(String)
  /// A file without a byte.
  case empty
  /// The file is something else, or a database of another program.
  case notACohort
  /// Made by a later version of rarescreen.
  case newerSchema(found: Int, known: Int)
  case otherAssembly(found: Assembly, asked: Assembly)
  /// A block or a row that cannot be read.
  case damaged(String)
  /// Another process is adding to the cohort, for longer than `seconds`.
  case busy(seconds: Int)
  case cannotCreate(String)
  case inputOutput(String)
  /// Samples that are in the cohort already, with what differs.
  case needsReplace([String], what: String)
  /// A sample id that another family has.
  case otherFamily(sample: String, found: String, given: String)
  case unknownSample(String)
  case unknownFamily(String)
  case unknownRegions(String, known: [String])
  /// A name under which the cohort knows other regions.
  case otherRegions(String)

  /// What is wrong and what to do, without the file.
  var wording: String {
    switch self {
    case .absent:
      "there is no cohort yet; add a case with 'rarescreen cohort add', or name the database by --cohort or RARESCREEN_COHORT"
    case .notAFile(let what):
      "this is a \(what), not the file of a cohort; name a file by --cohort or RARESCREEN_COHORT"
    case .empty:
      "the file is empty, no cohort; remove it, and 'rarescreen cohort add' makes one there, or name another file by --cohort or "
        + "RARESCREEN_COHORT"
    case .notACohort:
      "not a cohort of rarescreen; name another file by --cohort or RARESCREEN_COHORT"
    case .newerSchema(let found, let known):
      "the cohort is of version \(found), this program knows versions up to \(known); use the rarescreen that wrote it, or a later one"
    case .otherAssembly(let found, let asked):
      "the cohort is on \(found), but the variants are on \(asked); keep a cohort of its own for each build"
    case .damaged(let what):
      "the cohort is damaged (\(what)); restore it from a copy, or add its cases to a new one"
    case .busy(let seconds):
      "another process has been adding to the cohort for \(seconds) s; run again when it has ended, or wait longer with --wait"
    case .cannotCreate(let why):
      "the cohort cannot be opened for writing (\(why)); check that the folder exists and may be written to"
    case .inputOutput(let why):
      "writing or reading failed (\(why)); nothing of this run was kept: check the disk and its free space, then run again"
    case .needsReplace(let samples, let what):
      "\(samples.joined(separator: ", ")): in the cohort already, with \(what); give --replace to put the new in place of the old"
    case .otherFamily(let sample, let found, let given):
      "\(sample): in the cohort already as a member of family \(found), now of family \(given); give each person an id of its own, "
        + "or remove the old one first"
    case .unknownSample(let id):
      "no sample \(id) in the cohort; 'rarescreen cohort query --samples' lists them"
    case .unknownFamily(let id):
      "no family \(id) in the cohort; 'rarescreen cohort query --samples' lists them"
    case .otherRegions(let name):
      "the cohort knows other regions by the name \(name); give the file another name"
    case .unknownRegions(let name, let known):
      "no file and no regions of the cohort are named \(name)"
        + (known.isEmpty ? "; give a BED file" : "; the cohort knows \(known.joined(separator: ", "))")
    }
  }
}
