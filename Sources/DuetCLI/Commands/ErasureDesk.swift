package import SyncCore
import SyncRuntime
package import SyncStore

/// Erases people from a store, shows what that would do, and lifts erasures; makes no API call.
package struct ErasureDesk: Sendable {
    private let configuration: Configuration
    private let store: SQLiteSyncStore
    private let urls: RecordURL

    package init(configuration: Configuration, store: SQLiteSyncStore, urls: RecordURL) {
        self.configuration = configuration
        self.store = store
        self.urls = urls
    }

    /// Erases one person, or shows what that would do.
    ///
    /// `names`: what was typed, each an e-mail address, an id or a record's URL.
    package func erase(
        _ names: [String],
        isOnlyNamed: Bool,
        apply: Bool
    ) async throws(SyncError) -> CommandReport {
        let fields = try await self.fields()
        let person = try Self.person(names)
        let request = ErasureRequest(
            person: person,
            fields: fields,
            isOnlyNamed: isOnlyNamed,
            command: Self.command(person, isOnlyNamed: isOnlyNamed)
        )
        let outcome =
            apply
            ? try await self.store.erase(request) : try await self.store.previewErasure(request)
        var report = self.report(
            apply ? "Erased" : "Erase: this is what would go, nothing was changed"
        )
        report.erasure = ErasureSummary(isDone: apply, outcome: outcome)
        report.lines = self.records(outcome, person, isDone: apply)
        report.lines += apply ? self.afterwards() : self.next(outcome)
        if let number = outcome.number, try await self.isUnclean(number) {
            report.lines.append(
                "The file could not be written anew yet, and free pages may still have the values: make room for two more copies of it, then run `duet erase`."
            )
            report.exitCode = 1
        }
        return report
    }

    /// Lists what was erased; a file that could not be written anew is written now.
    package func list() async throws(SyncError) -> CommandReport {
        var report = self.report("Erasures")
        report.erasures = try await self.store.erasures()
        report.lines = report.erasures.map(Self.line)
        if report.lines.isEmpty { report.lines = ["None."] }
        return report
    }

    /// Lets persons be synced again who were erased.
    ///
    /// `names`: as for `erase`, or an erasure's number as the list shows it, such as #3.
    package func lift(
        _ names: [String],
        apply: Bool
    ) async throws(SyncError) -> CommandReport {
        let numbers = names.compactMap { $0.hasPrefix("#") ? Int64($0.dropFirst()) : nil }
        let others = names.filter { !$0.hasPrefix("#") }
        var found = try await self.store.erasures().filter { numbers.contains($0.number) }
        if !others.isEmpty {
            let named = try await self.store.erasures(of: Self.person(others).names)
            found += named.filter { !found.contains($0) }
        }
        guard !found.isEmpty else {
            throw SyncError(
                code: .usage,
                cause: "Nobody of this name was erased.",
                nextStep: "Look at all erasures with `duet erase`, and name one as `#1`."
            )
        }
        var report = self.report(apply ? "Lifted" : "Lift: nothing was changed")
        report.erasures = found
        report.lines = found.map(Self.line)
        guard apply else {
            report.lines.append("Next step: the same command with --apply.")
            return report
        }
        try await self.store.lift(found.map(\.number))
        report.lines.append(
            "The person is synced like anybody new: with the next edit, or by `duet backfill`."
        )
        return report
    }

    // MARK: - Pieces

    private func report(_ title: String) -> CommandReport {
        var report = CommandReport(title: title, urls: self.urls)
        report.showsCounts = false
        return report
    }

    /// The mappings of people, by the lists of fields that the store was written by.
    private func fields() async throws(SyncError) -> [PeopleFields] {
        let check = MappingCheck(store: self.store)
        var all: [PeopleFields] = []
        for mapping in self.configuration.mappings {
            let stored = try await check.properties(of: mapping.name)
            if let fields = mapping.people(stored: stored) { all.append(fields) }
        }
        guard all.isEmpty else { return all }
        throw SyncError(
            code: .configuration,
            cause: "No mapping of the configuration syncs people.",
            nextStep: "Name the configuration whose store it is with `--config`."
        )
    }

    private static func person(_ names: [String]) throws(SyncError) -> Person {
        var person = Person()
        for name in names {
            switch RecordQuery(name) {
            case .email(let address): person.addresses.insert(address)
            case .id(let id, let side) where side == .hubspot || Self.isPerson(id):
                person.add(id, on: side)
            case .page(let id, let typeID) where typeID == ObjectKind.named("contacts")?.typeID:
                person.add(id, on: .hubspot)
            case .id, .page:
                throw SyncError(
                    code: .usage,
                    cause: "Only people can be erased: contacts, leads and person accounts.",
                    nextStep: "Name the person by e-mail address, by id or by the record's URL."
                )
            case nil:
                throw SyncError(
                    code: .usage,
                    cause: "That is neither an e-mail address nor an id nor a record's URL.",
                    nextStep: "Copy the record's URL from the browser, or its id."
                )
            }
        }
        return person
    }

    /// Whether a Salesforce id may be a person's: a contact's, a lead's, or an account's that is one.
    private static func isPerson(_ id: String) -> Bool {
        ["003", "00Q", "001"].contains(String(id.prefix(3)))
    }

    private static func command(_ person: Person, isOnlyNamed: Bool) -> String {
        let named = [
            person.addresses.isEmpty ? nil : "e-mail address",
            person.hubspotIDs.isEmpty ? nil : "HubSpot id",
            person.salesforceIDs.isEmpty ? nil : "Salesforce id",
        ].compactMap(\.self)
        return "duet erase --apply" + (isOnlyNamed ? " --only-named" : "") + ", by "
            + named.joined(separator: " and ")
    }

    private static func line(_ erasure: Erasure) -> String {
        let state = erasure.isClean ? "" : ", but the store's file was not written anew yet"
        return "#\(erasure.number)  \(Clock.text(erasure.at))  \(erasure.command)"
            + "  (\(erasure.hashes) keyed hashes\(state))"
    }

    private func isUnclean(_ number: Int64) async throws(SyncError) -> Bool {
        try await self.store.erasures().contains { $0.number == number && !$0.isClean }
    }

    // MARK: - Words

    private func records(_ outcome: ErasureOutcome, _ named: Person, isDone: Bool) -> [String] {
        // What was erased is not printed: this output is often kept.
        let shown = isDone ? [] : self.lines(of: outcome.person, sharing: outcome.sharing)
        let summary = ErasureSummary(isDone: isDone, outcome: outcome)
        let went =
            outcome.isEmpty
            ? ["This store holds nothing of this person."]
            : [isDone ? "Went from this store:" : "Would go from this store:"] + summary.parts
        let kept =
            "\(isDone ? "Kept" : "Would be kept"): \(outcome.person.names.count) keyed hashes of "
            + "\(outcome.person.addresses.count) e-mail addresses and "
            + "\(outcome.person.recordCount) ids, by which the person is recognised and never "
            + "synced again."
        var lines = shown + went + [kept]
        if outcome.person.addresses.isEmpty {
            lines.append(
                "No e-mail address is among them: name it too, or the person may be synced again under another id."
            )
        }
        return lines
    }

    private func lines(of person: Person, sharing: Person) -> [String] {
        let mapping =
            self.configuration.mappings.first { $0.people(stored: nil) != nil }?.name ?? ""
        return Side.allCases.flatMap { side in
            person.ids(on: side).sorted().map { id in
                let place = self.urls.url(of: id, on: side, mapping: mapping) ?? id
                let shares = sharing.has(id, on: side) ? "  (has one of the addresses)" : ""
                return "\(Words.name(of: side)) \(place)\(shares)"
            }
        }
    }

    private func next(_ outcome: ErasureOutcome) -> [String] {
        if outcome.onTheirWay > 0 {
            return [
                "Next step: `duet sync`, since the outcome of a write to this person is not known yet; then this command again."
            ]
        }
        return ["Next step: the same command with --apply. It cannot be undone."]
    }

    private func afterwards() -> [String] {
        [
            "Duet has erased its own store and no record in a CRM. Still to do by people, where not done:",
            "  HubSpot: delete the contact permanently (for privacy), not only to its recycle bin.",
            "  Salesforce: delete the record, then delete it from the recycle bin too.",
            "  Backups of this store: delete those that are older than this.",
        ]
    }
}
