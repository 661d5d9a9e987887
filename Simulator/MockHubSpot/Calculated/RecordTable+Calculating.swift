/// What the portal makes of a record's own values and of its history.
extension RecordTable {
    /// Who made a record, whatever of its history is forgotten.
    func maker(_ row: Row) -> MockHubSpotAuthor? { row.maker ?? row.versions.first?.author }

    /// The facts of the stage that a version is in; `nil` where it is in none that is known.
    func facts(_ version: Version) -> StageFacts? {
        self.object.stageProperty.flatMap { version.values[$0] }.flatMap { self.stages[$0] }
    }

    /// `nil` where the record has none, and for what follows from more than the record.
    func calculated(_ calculation: Calculation, _ row: Row, _ version: Version) -> String? {
        switch calculation {
        case .id: return String(row.id)
        case .made: return ServerTime.iso(row.createdAt)
        case .changed: return ServerTime.iso(version.at)
        case .source: return self.maker(row)?.sourceType
        case .sourceID: return self.maker(row)?.sourceID
        case .sourceUser: return self.maker(row)?.userID.map { String($0) }
        case .lastUser: return version.author.userID.map { String($0) }
        case .ownerAssigned:
            guard version.values["hubspot_owner_id"] != nil else { return nil }
            return row.changes["hubspot_owner_id"].map { ServerTime.iso($0.at) }
        case .emailDomain:
            return version.values["email"]?.split(separator: "@").last.map { String($0) }
        case .allIDs:
            let merged = version.values["hs_merged_object_ids"].map { ";" + $0 } ?? ""
            return String(row.id) + merged
        case .isClosed: return self.facts(version).map { $0.isClosed ? "true" : "false" }
        case .isWon: return self.facts(version)?.isWon == true ? "true" : "false"
        case .isLost: return self.facts(version)?.isLost == true ? "true" : "false"
        case .probability: return self.facts(version)?.probability?.text
        case .timeToClose:
            guard let closed = self.object.closeProperty.flatMap({ version.values[$0] }) else {
                return nil
            }
            return ServerTime.parse(closed).map { String(max(0, $0 - row.createdAt)) }
        case .sourceDetail, .closedAmount, .projectedAmount, .homeAmount, .tied, .primaryCompany,
            .openDeals, .childCompanies, .parentCompany, .activities:
            return nil
        }
    }

    /// Gives a record a new version with the values that it has: something that the portal makes of
    /// it has changed.
    mutating func touch(_ id: Int64, _ now: Int64) {
        guard let place = self.place(of: id), !self.rows[place].now.isArchived,
            self.rows[place].mergedInto == nil
        else { return }
        var version = self.rows[place].now
        (version.at, version.author, version.kind) = (now, .calculated, .update)
        self.push(version, on: place)
    }
}
