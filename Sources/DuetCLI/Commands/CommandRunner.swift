package import SyncStore
import HTTPTransport
package import ArgumentParser
import Foundation
package import SyncCore
package import SyncRuntime

/// Runs one command's body and turns its errors into a sentence and an exit code.
package struct CommandRunner: Sendable {
    package var options: CommonOptions
    package var terminal: Terminal
    package var environment: [String: String]

    package init(options: CommonOptions) {
        self.options = options
        self.environment = ProcessInfo.processInfo.environment
        self.terminal = Terminal(environment: self.environment)
    }

    /// Opens the pair, runs the body, closes everything; exits with the code the end calls for.
    package func withPair(
        isPreview: Bool = false,
        mayBePaused: Bool = false,
        _ body: (OpenPair, PairRunner) async throws -> CommandReport
    ) async throws {
        let line = ProgressLine(
            terminal: self.terminal,
            isQuiet: self.options.json || self.options.quiet
        )
        var builder = PairBuilder(environment: self.environment)
        builder.isPreview = isPreview
        builder.progress = { line.show($0) }
        do {
            let open = try await builder.open(configPath: self.options.config)
            defer {
                open.transport.shutDown()
                open.store.close()
            }
            let now = LiveTime().wallMilliseconds
            // Who runs on waits, who looks may look; who would write once does not begin.
            if !isPreview, !mayBePaused, let pause = open.pair.settings.pauses().whole(at: now) {
                throw PauseText.refusal(pause)
            }
            for notice in open.notices { self.terminal.note("duet: \(notice)") }
            let runner = PairRunner(pair: open.pair)
            var report: CommandReport
            do {
                report = try await body(open, runner)
                line.finish()
            } catch {
                line.finish()
                throw error
            }
            self.terminal.print(
                self.options.json ? report.json() : report.text(terminal: self.terminal)
            )
            if report.exitCode != 0 { throw ExitCode(report.exitCode) }
        } catch let code as ExitCode {
            throw code
        } catch {
            throw self.failed(error)
        }
    }

    /// Runs a body that needs the store alone, no CRM and no credentials.
    ///
    /// `isReading`: whether it only looks, which works while another duet runs.
    package func withStore(
        isReading: Bool = false,
        _ body: (Configuration, SQLiteSyncStore) async throws -> CommandReport
    ) async throws {
        do {
            let configuration = try PairBuilder.load(self.options.config)
            let folder = (self.options.config as NSString).deletingLastPathComponent
            let path = PairBuilder.storePath(configuration, folder: folder)
            let store =
                isReading
                ? try PairBuilder.openForReading(path: path) : try PairBuilder.openStore(path: path)
            defer { store.close() }
            let report = try await body(configuration, store)
            self.terminal.print(
                self.options.json ? report.json() : report.text(terminal: self.terminal)
            )
            if report.exitCode != 0 { throw ExitCode(report.exitCode) }
        } catch let code as ExitCode {
            throw code
        } catch {
            throw self.failed(error)
        }
    }

    /// Says what went wrong on standard error and answers the exit code.
    package func failed(_ error: any Error) -> ExitCode {
        switch error {
        case let error as ConfigurationProblems:
            self.terminal.note(error.description)
            return ExitCode(78)
        case let error as SyncError:
            self.terminal.note("duet: \(error.cause)")
            self.terminal.note("      \(error.nextStep)")
            return ExitCode(Self.exitCode(for: error.code))
        case is CancellationError:
            self.terminal.note("duet: Stopped. Start it again: it goes on where it was.")
            return ExitCode(75)
        default:
            self.terminal.note("duet: Something failed that duet does not know.")
            return ExitCode(1)
        }
    }

    /// The exit codes that scripts rely on.
    package static func exitCode(for code: SyncError.Code) -> Int32 {
        switch code {
        case .usage: 64
        case .unreachable, .limitReached, .storeBusy, .cancelled: 75
        case .configuration, .credentials, .missingField, .wrongAccount, .newerFormat, .forbidden:
            78
        case .malformedReply, .rejected, .storeDamaged, .storeFull, .internal: 1
        }
    }
}
