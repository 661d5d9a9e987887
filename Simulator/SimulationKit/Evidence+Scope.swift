import MockHubSpot
import MockSalesforce
import SyncCore
import SyncStore

/// What a promise covers, told from the CRMs' histories and from the issues that are open.
extension Evidence {
    /// A pair that the engine stopped writing to.
    package struct Freeze: Sendable, Hashable {
        package var hubspotID: String
        package var salesforceID: String
        /// True time, milliseconds since 1970.
        package var at: Int64
        /// When either record was kept in step again; true time.
        package var until: Int64?

        init(_ link: Link, at now: Int64) {
            self.hubspotID = link.hubspotID
            self.salesforceID = link.salesforceID
            self.at = now
        }

        /// Whether it is this pair, or one of its records has another counterpart now.
        func holds(_ link: Link) -> Bool {
            self.hubspotID == link.hubspotID || self.salesforceID == link.salesforceID
        }
    }

    /// A pair that goes on with another record on one side, after a merge.
    package struct Succession: Sendable, Hashable {
        package var hubspotID: String
        package var salesforceID: String
        /// True time, milliseconds since 1970.
        package var at: Int64
    }

    /// By which HubSpot id a Salesforce record's changes at a time are told.
    func hubspotID(of salesforceID: String, at time: Int64, _ first: [String: String]) -> String? {
        let since = self.successions.last { $0.salesforceID == salesforceID && $0.at <= time }
        return since?.hubspotID ?? first[salesforceID]
            ?? self.successions.first { $0.salesforceID == salesforceID }?.hubspotID
    }

    /// The HubSpot ids by which a pair's changes were told before it went on with another record.
    func predecessors(_ first: [String: String]) -> [String: Set<String>] {
        var result: [String: Set<String>] = [:]
        for succession in self.successions {
            let before = self.hubspotID(
                of: succession.salesforceID,
                at: succession.at - 1,
                first
            )
            guard let before, before != succession.hubspotID else { continue }
            let all = (result[before] ?? []).union([before])
            result[succession.hubspotID, default: []].formUnion(all)
        }
        return result
    }

    /// Both sides' changes of each record's fields in the order of time, by record and field.
    func fieldChanges() -> [(key: String, changes: [Change])] {
        var order: [String] = []
        var fields: [String: [Change]] = [:]
        for change in self.changes().joined() {
            let key = "\(change.record) \(change.field)"
            if fields[key] == nil { order.append(key) }
            fields[key, default: []].append(change)
        }
        return order.map { key in
            let sorted = (fields[key] ?? []).enumerated()
                .sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
            return (key, sorted.map(\.element))
        }
    }

    /// How a record left, and when.
    struct Leaving: Hashable {
        enum Kind { case deleted, merged }
        var kind: Kind
        /// True time.
        var at: Int64
    }

    /// A write that the engine gave up in the end.
    package struct Refusal: Sendable, Hashable {
        var mapping: String
        var target: Side
        var sourceID: String
        /// `nil` for a create.
        var targetID: String?
        /// HubSpot's names of the fields that it held.
        var fields: [String]
        /// The records of the target that its fields name.
        var named: [String]
        /// True time.
        var at: Int64
        /// Whether an issue, or a question to be answered by a read, was stored with it.
        var isTold: Bool
        /// HubSpot's names of the fields that do not go again: the refused ones.
        var left: [String]
        var isUpdate: Bool
    }

    /// Whether a CRM bills a request to nobody, because it took its token for nobody's: HubSpot always,
    /// Salesforce where its settings say so.
    func isNobodys(_ frame: NetworkFrame) -> Bool {
        switch frame.side {
        case .hubspot: frame.status == 401
        case .salesforce:
            frame.isOfNobody && self.profile.worlds?.knobs?.has(.refusedSessionsAreFree) == true
        }
    }

    /// Whether the other side refused an edit before that time, and somebody was told.
    func isRefused(_ edit: Change, before time: Int64, _ keys: [String: String]) -> Bool {
        self.refusals.contains { refusal in
            let id = edit.side == .hubspot ? refusal.sourceID : keys[refusal.sourceID]
            return refusal.target == edit.side.other && id == edit.record && refusal.isTold
                && refusal.left.contains(edit.field) && (edit.at...time).contains(refusal.at)
        }
    }

    /// Records that the other side refused to make, as an open issue says.
    ///
    /// Where people merge, that is also one whose counterpart was merged into another's.
    var refusedCreates: Set<String> {
        var codes: Set<Finding.Code> =
            !self.hasLeavings ? [.recordRejected] : [.recordRejected, .alreadyLinked]
        // Salesforce needs a name of a company, and neither CRM knows all of the other's stages.
        if self.profile.family != nil {
            codes.formUnion([.missingRequiredField, .valueNotConvertible])
        }
        let refused = Set(
            self.findings.filter { codes.contains($0.finding.code) }.compactMap { stored in
                let ids = [stored.finding.hubspotID, stored.finding.salesforceID].compactMap { $0 }
                return ids.count == 1 ? ids[0] : nil
            }
        )
        // One that was made, lost its reply and was hidden: the next create was refused because of it.
        let holders = self.contacts.filter {
            self.everHidden.contains($0.id) && refused.contains($0[self.object.keyProperty] ?? "")
        }
        return refused.union(holders.map(\.id))
    }

    /// Whether a change came with a request that arrived after its sender had given up.
    func isLanding(_ change: Change) -> Bool {
        self.wire.landings.contains { $0.side == change.side && $0.at == change.at }
    }

    /// Whether a change came with the copy of a request whose reply nobody read.
    func cameUnread(_ change: Change) -> Bool {
        self.wire.unread[change.side]?.contains(change.at) ?? false
    }

    static let goneCodes: Set<Finding.Code> = [
        .counterpartDeleted, .counterpartsMerged, .counterpartConverted, .counterpartNotVisible,
    ]

    /// Whether a look between two times, or shortly before, may not have shown a record.
    func isHidden(_ id: String, between first: Int64, and last: Int64) -> Bool {
        let onItsWay = 8 * Int64(self.profile.weather.latencyMax) + 60_000
        return self.hidden.contains {
            $0.record == id && $0.from <= last && ($0.to ?? .max) >= first - onItsWay
        }
    }

    /// The ids that an open issue about a gone record names; a survivor that has a living
    /// counterpart of its own goes on.
    var frozen: Set<String> {
        let paired = self.paired
        return Set(
            self.findings.filter { Self.goneCodes.contains($0.finding.code) }.flatMap { stored in
                [stored.finding.hubspotID, stored.finding.salesforceID].compactMap { $0 }
                    + stored.finding.details.filter { !paired.contains($0) }
            }
        )
    }

    /// Living records that name each other.
    private var paired: Set<String> {
        let people = Dictionary(self.people.map { ($0.id, $0) }) { first, _ in first }
        return Set(
            self.contacts.flatMap { contact -> [String] in
                guard let key = contact[self.object.keyProperty], let person = people[key],
                    person[SimulatedObject.keyField].text == contact.id
                else { return [] }
                return [contact.id, key]
            }
        )
    }

    /// What happened when is compared in true time, whatever each CRM's clock shows.
    func trueTime(_ at: Int64, of side: Side) -> Int64 {
        at - (self.profile.clocks?.offset(of: side) ?? 0)
    }

    /// The HubSpot record that first held each Salesforce id.
    var firstKeyed: [String: String] {
        var (ids, unseen, heirs) = ([String: String](), [String: String](), [String: String]())
        let lost = self.mergedUnseen
        for version in self.hubspot {
            for field in version.fields where field.name == self.object.keyProperty {
                guard let key = field.after else { continue }
                if version.kind == .merge {
                    heirs[key] = heirs[key] ?? version.recordID
                } else if lost.contains(version.recordID) {
                    unseen[key] = unseen[key] ?? version.recordID
                } else {
                    ids[key] = ids[key] ?? version.recordID
                }
            }
        }
        // Where another was made later, that is the counterpart; else the survivor that took the key.
        let survivors = unseen.map { key, id in (key, heirs[key] ?? id) }
        return ids.merging(survivors) { mine, _ in mine }
    }

    /// Every time a record of a side was deleted or merged away.
    func leavings(of side: Side) -> [String: [Leaving]] {
        var left: [String: [Leaving]] = [:]
        switch side {
        case .hubspot:
            for version in self.hubspot {
                let at = self.trueTime(version.at, of: .hubspot)
                switch version.kind {
                case .archive, .gdprDelete:
                    left[version.recordID, default: []].append(.init(kind: .deleted, at: at))
                case .mergedAway:
                    left[version.recordID, default: []].append(.init(kind: .merged, at: at))
                case .seed, .create, .update, .restore, .merge: continue
                }
            }
        case .salesforce:
            for change in self.salesforce where change.object == self.object.salesforce {
                let at = self.trueTime(change.at, of: .salesforce)
                switch change.kind {
                case .delete, .hardDelete:
                    left[change.recordID, default: []].append(.init(kind: .deleted, at: at))
                case .mergedAway:
                    left[change.recordID, default: []].append(.init(kind: .merged, at: at))
                case .seed, .create, .update, .undelete, .convert: continue
                }
            }
        }
        return left
    }

    /// Live records whose counterpart left unseen: nothing has happened since that the engine had
    /// to answer.
    ///
    /// HubSpot tells of deletes only when somebody asks for the record; Salesforce tells at once,
    /// until its recycle bin is emptied.
    var unnoticed: Set<String> {
        guard self.hasLeavings else { return [] }
        let contacts = Set(self.contacts.map(\.id))
        let people = Set(self.people.map(\.id))
        // A delete of a hidden record is shown to nobody, also once it is shown again.
        let binned = Set(self.allPeople.filter(\.isDeleted).map(\.id)).subtracting(self.everHidden)
        let (left, gone) = (self.leavings(of: .hubspot), self.leavings(of: .salesforce))
        var result: Set<String> = []
        let changed = self.lastEdits
        let keyed = self.firstKeyed
        for person in self.people {
            let own = person[SimulatedObject.keyField].text
            guard let key = keyed[person.id] ?? own, !contacts.contains(key),
                let at = left[key]?.last?.at, changed[person.id, default: 0] < at
            else { continue }
            result.insert(person.id)
        }
        for contact in self.contacts {
            guard let key = contact[self.object.keyProperty], !people.contains(key),
                !binned.contains(key), let at = gone[key]?.last?.at,
                changed[contact.id, default: 0] < at
            else { continue }
            result.insert(contact.id)
        }
        return result
    }

    /// When people last changed something of each record that is surely carried over, true time.
    ///
    /// A stage that the other CRM has no word for is not, where an open issue says so: nothing is written for it, so
    /// that no look at the counterpart comes before a write (`family` 9016).
    private var lastEdits: [String: Int64] {
        var last: [String: Int64] = [:]
        let fromHubSpot: Set<SyncRule> = [.twoWay, .alwaysHubSpot, .preferHubSpot]
        let fromSalesforce: Set<SyncRule> = [.twoWay, .alwaysSalesforce, .preferSalesforce]
        let fields = self.followed
        var told: Set<String> = []
        for finding in self.findings.map(\.finding) where finding.code == .valueNotConvertible {
            for id in [finding.hubspotID, finding.salesforceID].compactMap({ $0 }) {
                told.formUnion(finding.details.map { "\(id) \($0)" })
            }
        }
        for version in self.hubspot where version.author.sourceType != "INTEGRATION" {
            let isCarried = version.fields.contains { change in
                fields.contains { field in
                    field.hubspot == change.name && fromHubSpot.contains(field.rule)
                        && (field.isKnown(change.after, of: .hubspot)
                            || !told.contains("\(version.recordID) \(field.hubspot)"))
                }
            }
            if isCarried { last[version.recordID] = self.trueTime(version.at, of: .hubspot) }
        }
        for edit in self.salesforce where !edit.isRest {
            let isCarried = edit.fields.contains { change in
                fields.contains { field in
                    field.salesforce == change.name && fromSalesforce.contains(field.rule)
                        && (field.isKnown(change.after.text, of: .salesforce)
                            || !told.contains("\(edit.recordID) \(field.hubspot)"))
                }
            }
            if isCarried { last[edit.recordID] = self.trueTime(edit.at, of: .salesforce) }
        }
        return last
    }
}
