internal import Foundation

/// The reference validator of JSON Schema in Python, as an outside judge.
public enum SchemaChecker {
  public static let isPresent = (try? run("import jsonschema", [])) == ""

  /// Faults of a document under a schema; empty when there are none.
  public static func faults(of document: [UInt8], under schema: [UInt8]) throws -> String {
    let folder = try TemporaryFolder()
    let code = """
      import json, sys, jsonschema
      schema, document = (json.load(open(path)) for path in sys.argv[1:3])
      jsonschema.Draft202012Validator.check_schema(schema)
      for error in jsonschema.Draft202012Validator(schema).iter_errors(document):
          print(list(error.absolute_path), error.message[:200])
      """
    let paths = [try folder.file("schema.json", schema), try folder.file("document.json", document)]
    // The folder goes when nobody holds it any more.
    return try withExtendedLifetime(folder) { try run(code, paths) }
  }

  private static func run(_ code: String, _ arguments: [String]) throws -> String {
    guard let output = try Tool.output("python3", ["-c", code] + arguments) else { return "python3 failed" }
    return String(decoding: output, as: UTF8.self)
  }
}
