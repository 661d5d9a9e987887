import HTTPTransport
import SyncCore
import WireJSON

/// Changes what is paused; it needs neither CRM nor the store, and works while `duet run` runs.
struct PauseRunner {
    private let runner: CommandRunner

    init(_ runner: CommandRunner) {
        self.runner = runner
    }

    /// `body`: changes the pauses and says what it did.
    func run(
        _ mapping: String?,
        _ body: (inout Pauses, _ now: Int64) throws(SyncError) -> String
    ) throws {
        do {
            let path = self.runner.options.config
            let configuration = try PairBuilder.load(path)
            let names = configuration.mappings.map(\.name)
            if let mapping, !names.contains(mapping) {
                throw SyncError(
                    code: .usage,
                    cause: "There is no mapping named \(mapping) in the configuration.",
                    nextStep: "Use one of: \(names.joined(separator: ", "))."
                )
            }
            let file = PauseFile(
                store: PairBuilder.storePath(configuration, folder: PairBuilder.folder(of: path))
            )
            let now = LiveTime().wallMilliseconds
            var pauses = file.read()
            let text = try body(&pauses, now)
            try file.write(pauses)
            self.runner.terminal.print(
                self.runner.options.json ? Self.json(pauses.current(at: now)) : text
            )
        } catch {
            throw self.runner.failed(error)
        }
    }

    private static func json(_ pauses: [Pause]) -> String {
        var writer = JSONWriter()
        writer.object { root in
            root.member("formatVersion", CommandReport.formatVersion)
            root.name("paused")
            root.array { list in
                for pause in pauses {
                    list.object { item in
                        item.member("mapping", pause.mapping ?? "*")
                        item.member("since", Clock.text(pause.since))
                        if let until = pause.until { item.member("until", Clock.text(until)) }
                        if let reason = pause.reason { item.member("reason", reason) }
                    }
                }
            }
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
