package import ArgumentParser
import SyncCore

/// `duet mapping list`.
package struct MappingListCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Show which property goes with which field, and by which rule."
    )

    @Argument(help: "One mapping, such as contacts; all without.")
    package var mapping: String?

    @OptionGroup package var options: CommonOptions

    package init() {}

    package func run() async throws {
        let runner = CommandRunner(options: self.options)
        do {
            let all = try PairBuilder.load(self.options.config).mappings
            let mappings = all.filter { self.mapping == nil || $0.name == self.mapping }
            if let name = self.mapping, mappings.isEmpty {
                throw SyncError(
                    code: .usage,
                    cause: "There is no mapping named \(name) in the configuration.",
                    nextStep: Suggestion.text(for: name, among: all.map(\.name))
                )
            }
            runner.terminal.print(
                self.options.json ? MappingList.json(mappings) : MappingList.text(mappings)
            )
        } catch {
            throw runner.failed(error)
        }
    }
}
