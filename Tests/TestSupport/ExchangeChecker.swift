internal import Foundation

/// Models of exchange formats in Python, as outside judges: what `./run setup` put into a folder of the build.
public enum ExchangeChecker {
  /// fhir.resources 7.1: the models of FHIR R4B, which has R4's resources of a genomics report unchanged.
  public static let hasFHIR = isThere("fhir/fhir")
  /// The protobuf classes of GA4GH's schema.
  public static let hasPhenopackets = isThere("phenopackets/phenopackets")
  public static let fhirAbsence = "fhir.resources is not installed; './run setup' installs it"
  public static let phenopacketsAbsence = "phenopackets is not installed; './run setup' installs it"

  private static func isThere(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: Checkout.directory + "/.build/" + name)
  }

  /// What is wrong with a bundle as FHIR, or changes when the models write it anew; empty when nothing is.
  public static func faults(ofBundle bytes: [UInt8]) throws -> String {
    let code = """
      import json, sys
      from fhir.resources.R4B import construct_fhir_element
      document = json.load(open(sys.argv[1]))
      try:
          again = construct_fhir_element("Bundle", document).json()
          # They write UTC as a difference of no hours.
          plain = json.dumps(document, ensure_ascii=False).replace("+00:00\\"", "Z\\"")
          if json.loads(again.replace("+00:00\\"", "Z\\"")) != json.loads(plain): print("the models write another document")
      except Exception as error:
          print(str(error)[:2000])
      """
    return try run(code, bytes, packages: "fhir")
  }

  /// What is wrong with a phenopacket, single or a family; empty when nothing is.
  public static func faults(ofPhenopacket bytes: [UInt8]) throws -> String {
    let code = """
      import json, sys
      from phenopackets.schema.v2.phenopackets_pb2 import Family, Phenopacket
      from google.protobuf.json_format import Parse
      text = open(sys.argv[1]).read()
      try:
          Parse(text, Family() if "proband" in json.loads(text) else Phenopacket())
      except Exception as error:
          print(str(error)[:2000])
      """
    return try run(code, bytes, packages: "phenopackets")
  }

  private static func run(_ code: String, _ bytes: [UInt8], packages: String) throws -> String {
    let folder = try TemporaryFolder()
    let path = try folder.file("document.json", bytes)
    let packages = Checkout.directory + "/.build/" + packages
    let output = try withExtendedLifetime(folder) {
      try Tool.output("env", ["PYTHONPATH=" + packages, "python3", "-c", code, path])
    }
    return output.map { String(decoding: $0, as: UTF8.self) } ?? "python3 failed"
  }
}
