import MockHubSpot
import MockSalesforce
import SyncCore
import SyncStore

/// Tells what a run left behind of each kind of record apart, and says whose company each record belongs to in
/// one language: an account goes by the id of the company that it is linked with.
struct FamilyEvidence {
    private let pair: SimulatedPair

    init(_ pair: SimulatedPair) { self.pair = pair }

    /// Leaves what is of people in the evidence, and puts beside it what is of other kinds.
    func split(_ evidence: inout Evidence) async throws(SyncError) {
        // Each part holds all of it.
        evidence.waiting = try await self.pair.store.waitingRecords(limit: 100_000)
        let whole = evidence
        var parts: [Evidence] = []
        for object in self.pair.objects { parts.append(try await self.part(object, of: whole)) }
        guard var people = parts.first(where: { $0.object.name == whole.object.name }) else {
            return
        }
        let others = parts.filter { $0.object.name != whole.object.name }
        guard let companies = parts.first(where: { $0.object.name == "companies" }) else {
            people.others = others
            return evidence = people
        }
        people.others = others.map { self.named($0, companies, whole) }
        // What is said of the run as a whole takes every change of the org from here.
        evidence = self.named(people, companies, whole)
    }

    // MARK: - One kind

    private func part(
        _ object: SimulatedObject,
        of whole: Evidence
    ) async throws(SyncError) -> Evidence {
        var part = whole
        part.object = object
        part.findings = whole.findings.filter { $0.finding.mapping == object.name }
        part.refusals = whole.refusals.filter { $0.mapping == object.name }
        guard object.name != whole.object.name else { return part }
        self.pair.world.with { state, _ in
            part.hubspot = state.hubspot.changes(of: object.name)
            part.contacts = state.hubspot.export(object: object.name)
            part.people = state.salesforce.export(object: object.salesforce).filter(object.has)
            part.allPeople = state.salesforce.allRecords(object: object.salesforce)
                .filter(object.has)
            part.allContacts = Set(part.hubspot.map(\.recordID))
                .compactMap { state.hubspot.record($0, of: object.name) }.sorted { $0.id < $1.id }
        }
        part.salesforce = whole.salesforce.filter { $0.object == object.salesforce }
        if object.subtype != nil {
            // Nobody purges a Task.
            let own = Set(part.allPeople.map(\.id))
            part.salesforce.removeAll { !own.contains($0.recordID) }
        }
        let ids = part.allContacts.map(\.id)
        part.links = try await self.pair.store.load(
            mapping: object.name,
            side: .hubspot,
            ids: ids
        ).compactMap(\.link)
        part.journal = []
        for id in ids {
            part.journal += try await self.pair.store.history(
                hubspotID: id,
                salesforceID: nil,
                limit: 100_000
            ).reversed()
        }
        return part
    }

    // MARK: - Who belongs to whom

    private func named(_ part: Evidence, _ companies: Evidence, _ whole: Evidence) -> Evidence {
        var part = part
        part.parents = [
            .hubspot: companies.leavings(of: .hubspot),
            .salesforce: companies.leavings(of: .salesforce),
        ]
        part.companyLinks = companies.links
        guard let field = part.object.reference else { return part }
        var names = companies.firstKeyed
        for link in companies.links { names[link.salesforceID] = link.hubspotID }
        func told(_ value: MockSalesforceValue) -> MockSalesforceValue {
            value.text.map { .text(names[$0] ?? $0) } ?? value
        }
        let deleted = Self.deletions(in: whole.salesforce)
        for place in part.salesforce.indices
        where part.salesforce[place].object == part.object.salesforce {
            let at = part.salesforce[place].at
            // Who is deleted leaves a blank behind that nobody has chosen.
            part.salesforce[place].fields.removeAll { change in
                change.name == field.salesforce && change.after == .null
                    && change.before.text.map { deleted.contains("\($0) \(at)") } == true
            }
            for index in part.salesforce[place].fields.indices
            where part.salesforce[place].fields[index].name == field.salesforce {
                let change = part.salesforce[place].fields[index]
                part.salesforce[place].fields[index].before = told(change.before)
                part.salesforce[place].fields[index].after = told(change.after)
            }
        }
        for place in part.people.indices {
            let value = part.people[place][field.salesforce]
            part.people[place].fields.removeAll { $0.name == field.salesforce }
            part.people[place].fields.append(.init(field.salesforce, told(value)))
        }
        for place in part.journal.indices where part.journal[place].field == field.hubspot {
            let line = part.journal[place]
            func told(_ bytes: [UInt8]?) -> [UInt8]? {
                bytes.map { Array((names[String(decoding: $0, as: UTF8.self)] ?? "").utf8) }
                    .flatMap { $0.isEmpty ? bytes : $0 }
            }
            part.journal[place].salesforceValue = told(line.salesforceValue)
            part.journal[place].salesforceBase = told(line.salesforceBase)
        }
        self.tie(&part, field)
        return part
    }

    /// When which account was deleted.
    private static func deletions(in changes: [MockSalesforceChange]) -> Set<String> {
        let kinds: Set<MockSalesforceChange.Kind> = [.delete, .hardDelete]
        return Set(
            changes.filter { $0.object == "Account" && kinds.contains($0.kind) }.map {
                "\($0.recordID) \($0.at)"
            }
        )
    }

    /// Adds HubSpot's ties to the versions of their records and to the records themselves.
    private func tie(_ part: inout Evidence, _ field: SimulatedField) {
        let ties = (self.pair.ties?.changes ?? []).filter { $0.object == part.object.name }
        for tie in Self.meant(ties) {
            let change = MockHubSpotVersion.Field(
                field.hubspot,
                before: tie.before,
                after: tie.company
            )
            let made = part.hubspot.firstIndex {
                $0.recordID == tie.record && $0.at == tie.at && $0.kind == .create
                    && ($0.author.sourceType == "INTEGRATION") == tie.isEngine
            }
            if let made {
                part.hubspot[made].fields.append(change)
                continue
            }
            part.hubspot.append(
                MockHubSpotVersion(
                    sequence: 0,
                    recordID: tie.record,
                    kind: .update,
                    at: tie.at,
                    author: tie.isEngine ? .app(MockHubSpotApp.standardStatic.id) : .person(1),
                    fields: [change]
                )
            )
        }
        // Swift's sort is stable.
        part.hubspot.sort { $0.at < $1.at }
        let object = part.object.name
        self.pair.world.with { state, _ in
            for place in part.contacts.indices {
                let id = part.contacts[place].id
                guard let company = TieWatch.company(of: id, in: object, state.hubspot) else {
                    continue
                }
                part.contacts[place].fields.append(.init(field.hubspot, company))
            }
        }
    }

    /// Without the moments between two requests in which the engine has untied a record and not yet tied it anew.
    private static func meant(_ ties: [TieWatch.Change]) -> [TieWatch.Change] {
        ties.enumerated().filter { place, tie in
            guard tie.isEngine, tie.company == nil else { return true }
            let next = ties[(place + 1)...].first { $0.record == tie.record }
            return next.map {
                !$0.isEngine || $0.company == nil || $0.at > tie.at + NoSilentLoss.sendingMax
            } ?? true
        }.map(\.element)
    }
}

extension Evidence {
    /// Gives the parts what is said of the run as a whole.
    mutating func spread() {
        self.others = self.others.map { own in
            var part = self
            part.others = []
            part.object = own.object
            (part.hubspot, part.salesforce) = (own.hubspot, own.salesforce)
            (part.contacts, part.people) = (own.contacts, own.people)
            (part.allContacts, part.allPeople) = (own.allContacts, own.allPeople)
            (part.journal, part.links) = (own.journal, own.links)
            (part.findings, part.refusals) = (own.findings, own.refusals)
            (part.parents, part.companyLinks) = (own.parents, own.companyLinks)
            return part
        }
    }

    /// The story of a violation, by the part that it is about.
    func told(_ violation: Violation) -> [String] {
        let part = self.others.first { violation.story.hasPrefix($0.object.name + ": ") }
        return (part ?? self).story(of: violation)
    }

    /// Records that both CRMs had before the engine's start and that nobody has touched since: no poll shows them.
    var untouched: Set<String> {
        guard self.profile.family != nil else { return [] }
        var last: [String: Int64] = [:]
        for version in self.hubspot { last[version.recordID] = version.at }
        for change in self.salesforce { last[change.recordID] = change.at }
        return Set(last.filter { $0.value < VirtualTime.epoch }.map(\.key))
    }
}
