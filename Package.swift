// swift-tools-version: 6.2
import PackageDescription

/// The compile-time fences that every Swift target of this package lives behind (CONTRIBUTING.md, "Fences").
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .strictMemorySafety(),
  .treatWarning("StrictMemorySafety", as: .error),
]

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")

let package = Package(
  name: "rarescreen",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "rarescreen", targets: ["rarescreen"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.0.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    .systemLibrary(
      name: "CHTSlib", pkgConfig: "htslib", providers: [.apt(["libhts-dev", "libdeflate-dev", "zlib1g-dev"])]),
    .target(name: "CKernels"),
    .target(name: "Model", swiftSettings: strict),
    .target(name: "Reading", dependencies: ["CHTSlib", "CKernels", "Model", "Yams", crypto], swiftSettings: strict),
    .target(name: "Knowledge", dependencies: ["Model", grdb], swiftSettings: strict),
    .target(name: "Screening", dependencies: ["Knowledge", "Model"], swiftSettings: strict),
    .target(
      name: "Writing", dependencies: ["Model", crypto, mustache],
      // Compiled in: a bundle beside the binary would be lost when the binary is installed elsewhere.
      resources: [.embedInCode("Languages"), .embedInCode("Schemas"), .embedInCode("Templates")],
      swiftSettings: strict),
    .executableTarget(
      name: "rarescreen",
      dependencies: ["Knowledge", "Model", "Reading", "Screening", "Writing", argumentParser, logging],
      swiftSettings: strict),
    .target(name: "TestSupport", dependencies: ["Model", "Reading"], path: "Tests/TestSupport", swiftSettings: strict),
    .testTarget(name: "ModelTests", dependencies: ["Model", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "ReadingTests", dependencies: ["CKernels", "Model", "Reading", "TestSupport"], swiftSettings: strict),
    .testTarget(name: "KnowledgeTests", dependencies: ["Knowledge", "Model", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "ScreeningTests", dependencies: ["Knowledge", "Model", "Screening", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "WritingTests", dependencies: ["Model", "TestSupport", "Writing", crypto], swiftSettings: strict),
    .testTarget(
      name: "CommandTests", dependencies: ["Knowledge", "Model", "Reading", "Screening", "TestSupport"],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
