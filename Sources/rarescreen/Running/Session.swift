import ArgumentParser
import Glibc
import Logging
import Reading

/// One run of a command: its options, its voice, and its way out.
struct Session: Sendable {
  let options: CommonOptions
  let logger: Logger
  let interruption: Interruption
  let progress: Progress

  /// Runs a command's body. Every error ends here: told in one place, on standard error, with its exit code.
  ///
  /// - Parameter stopped: what a signal means for this command.
  static func run(
    _ options: CommonOptions, stopped: Failure = Failure(Interruption.Stopped()), _ body: (Session) throws -> Void
  ) throws {
    // A limit on the size of files is an error of writing, not the end of the program.
    _ = signal(SIGXFSZ, SIG_IGN)
    if let shortage = MemoryLimit.shortage {
      options.logger().error("\(shortage.message)")
      throw ExitCode(shortage.code.rawValue)
    }
    let session = Session(
      options: options, logger: options.logger(), interruption: Interruption(),
      progress: Progress(isQuiet: options.quiet))
    session.interruption.listen {
      session.progress.finish()
      session.logger.error("\(stopped.message)")
      _exit(stopped.code.rawValue)
    }
    do {
      try Version.chooseKernels()
      try body(session)
      session.progress.finish()
    } catch {
      session.progress.finish()
      let failure = error is Interruption.Stopped ? stopped : Failure(error)
      session.logger.error("\(failure.message)")
      throw ExitCode(failure.code.rawValue)
    }
  }

  func warn(_ messages: [some CustomStringConvertible]) {
    for message in messages { logger.warning("\(message)") }
  }

  /// The first few warnings of a file in words, and how many more there are of each kind.
  func warn(_ tally: WarningTally) { warn(tally.kept.map(\.description) + tally.summary.map(\.description)) }
}
