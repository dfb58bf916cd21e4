internal import Foundation
public import Testing

/// The folder of real inputs that some tests run on: `RARESCREEN_TEST_DATA`, else `../shared/data` beside the checkout.
///
/// The folder is not part of the project. A test that needs it is declared
/// `@Test(.enabled(if: RealData.isPresent, RealData.absence))`, so that it is skipped, and says so, when it is missing.
public enum RealData {
  public static let directory: String =
    ProcessInfo.processInfo.environment["RARESCREEN_TEST_DATA"]
    ?? Checkout.directory + "/../shared/data"

  public static let isPresent = FileManager.default.fileExists(atPath: directory + "/README.md")

  public static let absence: Comment = "real inputs not found; set RARESCREEN_TEST_DATA to run this test"

  public static func path(_ name: String) -> String { directory + "/" + name }
}

/// Where the project lies.
public enum Checkout {
  public static let directory: String =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .path

  public static func fixture(_ name: String) -> String { directory + "/Tests/Fixtures/" + name }
}
