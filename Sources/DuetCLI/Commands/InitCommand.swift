package import ArgumentParser
import Foundation
import SyncCore

/// `duet init`: writes a commented configuration.
package struct InitCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Write a commented configuration to start from."
    )

    @Option(
        help: ArgumentHelp(
            "Also map a custom object, such as cars=Car__c. May stand several times.",
            valueName: "hubspot=salesforce"
        )
    )
    package var custom: [String] = []

    @OptionGroup package var options: CommonOptions

    package init() {}

    package func run() async throws {
        let runner = CommandRunner(options: self.options)
        let path = self.options.config
        guard !FileManager.default.fileExists(atPath: path) else {
            throw runner.failed(
                SyncError(
                    code: .usage,
                    cause: "\(path) exists already.",
                    nextStep: "Edit it, or name another file with --config."
                )
            )
        }
        let text: String
        let connected: Set<Side>
        do {
            let pairs = try self.custom.map { try ConfigurationTemplate.CustomPair($0) }
            let vault = Vault(
                base: PairBuilder.folder(of: path),
                environment: runner.environment
            )
            connected = Set(Side.allCases.filter { vault.holds($0) })
            text = ConfigurationTemplate.text(with: pairs, connected: connected)
        } catch {
            throw runner.failed(error)
        }
        do {
            try text.write(toFile: path, atomically: true, encoding: .utf8)
        } catch {
            throw runner.failed(
                SyncError(
                    code: .configuration,
                    cause: "\(path) cannot be written.",
                    nextStep: "Choose a folder that you may write to."
                )
            )
        }
        if self.options.json {
            runner.terminal.print(#"{"formatVersion":"1.0","written":"\#(path)"}"#)
        } else {
            runner.terminal.print("Wrote \(path).")
            for side in Side.allCases where !connected.contains(side) {
                runner.terminal.print(
                    "\(Words.name(of: side)) is signed in to with the secrets that it names; or run "
                        + "`duet connect \(side.rawValue)` and write `\(side.rawValue): connected`."
                )
            }
            runner.terminal.print("Next: see what is in the way: duet doctor")
        }
    }
}
