import WireJSON

/// The values of properties that the portal itself makes.
///
/// They are made when somebody asks: no version holds them, and neither the feeds nor the stamps
/// know that they changed.
extension MockHubSpot {
    /// A property's value in a version of a record, whoever made it.
    func value(
        _ name: String,
        _ place: Int,
        _ row: RecordTable.Row,
        _ version: RecordTable.Version
    ) -> String? {
        if let stored = version.values[name] { return stored }
        guard let calculation = self.tables[place].calculations[name] else { return nil }
        return self.calculated(calculation, place, row, version)
    }

    func calculated(
        _ calculation: Calculation,
        _ place: Int,
        _ row: RecordTable.Row,
        _ version: RecordTable.Version
    ) -> String? {
        let one = End(type: self.tables[place].object.typeID, id: row.id)
        switch calculation {
        case .sourceDetail:
            return self.tables[place].maker(row).flatMap { self.makerName($0) }
        case .closedAmount(let isHome):
            let isWon = self.tables[place].facts(version)?.isWon == true
            return isWon ? self.amount(version, isHome: isHome)?.text ?? "0" : "0"
        case .projectedAmount(let isHome):
            guard let amount = self.amount(version, isHome: isHome),
                let probability = self.tables[place].facts(version)?.probability
            else { return "0" }
            return (amount * probability).text
        case .homeAmount: return self.amount(version, isHome: true)?.text
        case .tied(let type): return String(self.livingTies(one, type).count)
        case .primaryCompany:
            return self.company(of: one, where: \.isPrimary)
        case .openDeals:
            guard let deals = self.place(of: "0-3") else { return nil }
            return String(
                self.livingTies(one, "0-3").count { deal in
                    self.tables[deals].facts(deal.now)?.isClosed != true
                }
            )
        case .childCompanies:
            // A parent's tie to its child.
            return String(self.associations.count(one, to: "0-2", 13))
        case .parentCompany:
            return self.company(of: one) { $0.id == AssociationType.parent }
        case .activities:
            return String(
                Calculation.activityTypes.reduce(0) { $0 + self.livingTies(one, $1).count }
            )
        case .id, .made, .changed, .source, .sourceID, .sourceUser, .lastUser, .ownerAssigned,
            .emailDomain,
            .allIDs, .isClosed, .isWon, .isLost, .probability, .timeToClose:
            return self.tables[place].calculated(calculation, row, version)
        }
    }

    /// The living company that a record is tied to by a kind of tie.
    func company(of one: End, where isMeant: (AssociationType) -> Bool) -> String? {
        guard let place = self.place(of: "0-2") else { return nil }
        return self.associations.list(one, to: "0-2").first { tie in
            tie.types.contains(where: isMeant)
                && self.tables[place].row(tie.id).map { !$0.now.isArchived } ?? false
        }.map { String($0.id) }
    }

    private func livingTies(_ one: End, _ type: String) -> [RecordTable.Row] {
        guard self.associations.count(one, to: type) > 0, let place = self.place(of: type) else {
            return []
        }
        return self.associations.list(one, to: type).compactMap { tie in
            self.tables[place].row(tie.id).flatMap { $0.now.isArchived ? nil : $0 }
        }
    }

    /// A deal's amount, in its own currency or in the company's.
    private func amount(_ version: RecordTable.Version, isHome: Bool) -> ExactDecimal? {
        guard let amount = version.values["amount"].flatMap({ ExactDecimal($0) }) else {
            return nil
        }
        guard isHome, let code = version.values["deal_currency_code"],
            code != self.settings.companyCurrency,
            let rate = self.settings.currencies.first(where: { $0.code == code })?.rate,
            let factor = ExactDecimal(rate)
        else { return amount }
        return amount * factor
    }

    /// The name of the app, the import or the form that made a record; people have none here.
    private func makerName(_ maker: MockHubSpotAuthor) -> String? {
        switch maker.sourceType {
        case "INTEGRATION":
            self.settings.apps.first { String($0.id) == maker.sourceID }?.name
        case "IMPORT":
            self.imports.jobs.first { "importId:\($0.id)" == maker.sourceID }?.name
        case "FORM": self.marketing.forms.first { $0.id == maker.sourceID }?.name
        default: nil
        }
    }

    /// Writes the calculated values that a reply to a write shows besides what was asked for.
    func writeCalculated(
        _ place: Int,
        _ row: RecordTable.Row,
        without seen: Set<String>,
        into properties: inout JSONWriter
    ) {
        for name in self.tables[place].calculatedNames where !seen.contains(name) {
            guard let calculation = self.tables[place].calculations[name],
                let value = self.calculated(calculation, place, row, row.now)
            else { continue }
            properties.member(name, value)
        }
    }

    /// The values that a calculated property had, the newest first; what follows from other records
    /// has no history.
    func calculatedHistory(
        _ calculation: Calculation,
        _ place: Int,
        _ row: RecordTable.Row
    ) -> [(value: String, at: Int64, author: MockHubSpotAuthor)] {
        guard self.settings.showsCalculatedHistory else { return [] }
        guard calculation.isOfValues else {
            let isFixed =
                switch calculation {
                case .id, .made, .source, .sourceID, .sourceDetail, .sourceUser: true
                default: false
                }
            guard isFixed, let value = self.calculated(calculation, place, row, row.now) else {
                return []
            }
            return [(value, row.createdAt, .calculated)]
        }
        var history: [(value: String, at: Int64, author: MockHubSpotAuthor)] = []
        for version in row.versions {
            let value = self.calculated(calculation, place, row, version) ?? ""
            guard history.last?.value ?? "" != value else { continue }
            history.append((value, version.at, .calculated))
        }
        return Array(history.reversed().prefix(self.settings.historyVersionsMax))
    }

    /// Moves the stamps of records of which the portal makes something else now that ties came or
    /// went, where the settings say that such changes move them.
    mutating func touchTied(_ now: Int64) {
        guard self.settings.tiesMoveStamps else { return }
        guard let touched = self.associations.touched else {
            self.associations.touched = []
            return
        }
        guard !touched.isEmpty else { return }
        self.associations.touched = []
        var seen: Set<AssociationTable.End> = []
        for pair in touched {
            guard let place = self.place(of: pair.end.type),
                self.tables[place].follows(pair.toType), seen.insert(pair.end).inserted
            else { continue }
            self.tables[place].touch(pair.end.id, now)
        }
    }
}
