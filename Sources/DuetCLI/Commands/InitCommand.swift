package import ArgumentParser
import Foundation
import SyncCore

/// `duet init`: writes a commented configuration.
package struct InitCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Write a commented configuration to start from.",
        discussion: """
            Without options it writes what is recommended: all contacts, both ways. --advanced asks about contacts, objects \
            and calls, shows the answers and lets each be changed before anything is written; the other options answer \
            beforehand. Everything is in the file afterwards, with its reasons, and can be changed there.
            """
    )

    @Flag(help: "Ask, instead of what is recommended.")
    package var advanced = false

    @Option(help: "What to sync besides contacts, such as companies,deals.")
    package var objects: String?

    @Option(help: "What a new HubSpot contact becomes: contact or lead.")
    package var createAs: String?

    @Option(help: "Where people are made whom one CRM lacks: both, hubspot, salesforce or none.")
    package var creates: String?

    @Option(help: "The HubSpot segment whose contacts are synced; all without.")
    package var segment: String?

    @Option(help: "The share of Salesforce's calls of a day that Duet may use, such as 20%.")
    package var allowance: String?

    @Option(help: "A short name for this portal where another one is synced with the same org.")
    package var portal: String?

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
            var choices = try self.choices()
            if self.advanced {
                choices = try SetupDialog(ConnectDialog(runner.terminal)).ask(choices)
            }
            text = ConfigurationTemplate.text(with: pairs, connected: connected, choices)
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

    private func choices() throws(SyncError) -> SetupChoices {
        var choices = SetupChoices()
        if let portal { try choices.setPortal(portal) }
        if let objects { try choices.setObjects(objects) }
        if let createAs { try choices.setCreateAs(createAs) }
        if let creates { try choices.setCreates(creates) }
        if let segment { try choices.setSegment(segment) }
        if let allowance { try choices.setAllowance(allowance) }
        return choices
    }
}
