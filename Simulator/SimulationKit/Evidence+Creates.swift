import MockHubSpot
import MockSalesforce
import SyncCore

extension Evidence {
    /// A record that the engine made.
    struct Create: Sendable, Hashable {
        /// What had become of the records that were tied to the same record of the other side.
        enum Earlier: Sendable, Hashable { case none, living, gone }

        var side: Side
        var record: String
        /// The record of the other side that it was made for.
        var key: String?
        /// As the CRM's clock shows it.
        var at: Int64
        var earlier: Earlier
    }

    /// Every record that the engine made, side by side, in the order of the commits.
    var creates: [Create] {
        let lost = self.mergedUnseen
        var holders = KeyHolders(known: self.keysInSalesforce)
        var creates: [Create] = []
        for version in self.hubspot {
            let record = version.recordID
            switch version.kind {
            case .mergedAway where lost.contains(record): holders.purge(record)
            case .archive, .mergedAway: holders.gone.insert(record)
            case .gdprDelete: holders.purge(record)
            case .restore: holders.gone.remove(record)
            case .seed, .create, .update, .merge: break
            }
            let key = version.fields.first { $0.name == self.object.keyProperty }?.after
            let earlier = holders.take(key, record)
            guard version.kind == .create, version.author.sourceType == "INTEGRATION" else {
                continue
            }
            creates.append(
                Create(side: .hubspot, record: record, key: key, at: version.at, earlier: earlier)
            )
        }
        holders = KeyHolders(known: Set(self.firstKeyed.keys))
        for change in self.salesforce where change.object == self.object.salesforce {
            let record = change.recordID
            switch change.kind {
            case .delete, .mergedAway: holders.gone.insert(record)
            case .hardDelete: holders.purge(record)
            case .undelete: holders.gone.remove(record)
            case .seed, .create, .update, .convert: break
            }
            let key = change.fields.first { $0.name == SimulatedObject.keyField }?.after.text
            let earlier = holders.take(key, record)
            guard change.kind == .create, change.isRest else { continue }
            creates.append(
                Create(side: .salesforce, record: record, key: key, at: change.at, earlier: earlier)
            )
        }
        return creates
    }

    /// HubSpot records that were made, lost their reply and were merged away before anybody named
    /// them: the survivor keeps its own key, and HubSpot shows the other by no key any more.
    var mergedUnseen: Set<String> {
        let merged = Set(self.hubspot.filter { $0.kind == .mergedAway }.map(\.recordID))
        guard !merged.isEmpty else { return [] }
        let linked = self.journal.filter { $0.kind == .linked }.compactMap(\.hubspotID)
        return merged.subtracting(self.keysInSalesforce).subtracting(linked)
    }

    /// Those of `mergedUnseen` that were made again, with the later record.
    var madeAgain: [String: String] {
        let lost = self.mergedUnseen
        guard !lost.isEmpty else { return [:] }
        let holders = self.firstKeyed
        var later: [String: String] = [:]
        for version in self.hubspot where lost.contains(version.recordID) {
            let key = version.fields.first { $0.name == self.object.keyProperty }?.after
            guard version.kind == .create, let key, let holder = holders[key] else { continue }
            later[version.recordID] = holder
        }
        return later
    }

    /// The HubSpot records that Salesforce's ever named.
    private var keysInSalesforce: Set<String> {
        Set(
            self.salesforce.flatMap(\.fields).filter { $0.name == SimulatedObject.keyField }
                .compactMap(\.after.text)
        )
    }

    /// Who has held which key so far in a side's history.
    private struct KeyHolders {
        /// The records that their counterparts ever named: the engine knew of them.
        let known: Set<String>
        var gone: Set<String> = []
        private var purged: Set<String> = []
        private var records: [String: Set<String>] = [:]

        init(known: Set<String>) { self.known = known }

        /// What is purged before the engine has seen it leaves no trace that anybody could find.
        mutating func purge(_ record: String) {
            self.gone.insert(record)
            if !self.known.contains(record) { self.purged.insert(record) }
        }

        /// Takes a key that a record got; answers what has become of those that had it before.
        mutating func take(_ key: String?, _ record: String) -> Create.Earlier {
            guard let key else { return .none }
            let before = (self.records[key] ?? []).subtracting(self.purged)
            self.records[key, default: []].insert(record)
            guard !before.isEmpty else { return .none }
            return before.isSubset(of: self.gone) ? .gone : .living
        }
    }
}
