package import ArgumentParser
import SyncCore
import SyncRuntime
import SyncStore

/// `duet deletes`: what the safety stop holds, and what a person says about it.
package struct DeletesCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "deletes",
        abstract: "Show deletes that wait for you, let them go, or keep the records.",
        discussion: """
            Where a mapping has `deletes: delete`, a record whose counterpart was deleted is deleted too. More \
            than `atMost` of them within a day, or than a tenth of what is synced, wait until you have looked. \
            Makes no API call: what is let go is sent by the next `duet sync` or `duet run`. One process owns the \
            store: stop `duet run` first.
            """
    )

    @Flag(help: "Let go what waits now.")
    package var apply = false

    @Flag(help: "Keep the records: what waits now ends, with an issue for each.")
    package var keep = false

    @Option(help: "Only this mapping.")
    package var mapping: String?

    @OptionGroup package var options: CommonOptions

    package init() {}

    package func validate() throws {
        guard !(self.apply && self.keep) else {
            throw ValidationError("Either --apply or --keep.")
        }
    }

    package func run() async throws {
        try await CommandRunner(options: self.options).withStore { configuration, store in
            let names = configuration.mappings.map(\.name)
            if let mapping = self.mapping, !names.contains(mapping) {
                throw SyncError(
                    code: .usage,
                    cause: "There is no mapping `\(mapping)`.",
                    nextStep: Suggestion.text(for: mapping, among: names)
                )
            }
            var report = CommandReport(
                title: "Deletes that wait for you",
                urls: try await Reporting.urls(configuration: configuration, store: store)
            )
            report.showsCounts = false
            for name in names where self.mapping.map({ $0 == name }) ?? true {
                for side in Side.allCases {
                    report.lines += try await self.lines(name, side, store, report.urls)
                }
            }
            if report.lines.isEmpty { report.lines = ["None."] }
            return report
        }
    }

    private func lines(
        _ mapping: String,
        _ side: Side,
        _ store: SQLiteSyncStore,
        _ urls: RecordURL
    ) async throws(SyncError) -> [String] {
        let place = "\(mapping) in \(Words.name(of: side))"
        if self.apply {
            let count = try await DeleteRelease.apply(mapping: mapping, target: side, in: store)
            return count > 0 ? ["\(place): \(count) go with the next sync"] : []
        }
        if self.keep {
            let count = try await DeleteRelease.keep(mapping: mapping, target: side, in: store)
            return count > 0 ? ["\(place): \(count) stay, with an issue for each"] : []
        }
        let released = try await store.text(DeleteRelease.name(mapping: mapping, target: side))
        let count = try await store.deletes(
            mapping: mapping,
            target: side,
            after: released.flatMap { Int64($0) } ?? 0,
            since: .max
        )
        guard count.waiting > 0 else { return [] }
        let planned = try await store.entries(
            EntryQuery(mapping: mapping, target: side, states: [.planned], limit: Self.scanned)
        ).filter { $0.kind == .delete }
        let shown = planned.prefix(Self.examplesMax).compactMap(\.targetID).map { id in
            "  - " + (urls.url(of: id, on: side, mapping: mapping) ?? id)
        }
        let more = count.waiting - shown.count
        return ["\(place): \(count.waiting)"] + shown + (more > 0 ? ["  … and \(more) more"] : [])
    }

    private static let examplesMax = 20
    private static let scanned = 1_000
}
