/// Lifecycle stages that the account moves by itself: with each request, for what happened since the last one.
extension MockHubSpot {
    /// From now on deals and companies are looked at, if a setting asks for it.
    mutating func watchStages() {
        guard self.settings.lifecycle.isOn else {
            if self.stageWatch != nil { (self.stageWatch, self.associations.fresh) = (nil, nil) }
            return
        }
        guard self.stageWatch == nil, let deals = self.place(of: "0-3"),
            let companies = self.place(of: "0-2")
        else { return }
        self.associations.fresh = []
        self.stageWatch = StageWatch(
            deals: self.tables[deals].commitCount,
            companies: self.tables[companies].commitCount
        )
    }

    mutating func moveLifecycles(_ now: Int64) {
        self.watchStages()
        guard let watch = self.stageWatch, let deals = self.place(of: "0-3"),
            let companies = self.place(of: "0-2")
        else { return }
        let tied = self.associations.fresh ?? []
        // Nearly every request: nothing happened to either.
        guard
            !tied.isEmpty || self.tables[deals].commitCount != watch.deals
                || self.tables[companies].commitCount != watch.companies
        else { return }
        self.associations.fresh = []
        let lately = tied.filter { $0.end.type == "0-3" && Self.tiedToDeals.contains($0.toType) }
        self.moveByDeals(deals, after: watch.deals, tied: Set(lately.map(\.end.id)), now)
        if self.settings.lifecycle.companiesMoveContacts {
            self.moveByCompanies(companies, after: watch.companies, now)
        }
        self.stageWatch = StageWatch(
            deals: self.tables[deals].commitCount,
            companies: self.tables[companies].commitCount
        )
    }

    private static let tiedToDeals = ["0-1", "0-2"]

    /// Brings contacts and companies to the stage of deals that were made, won, or tied to them.
    private mutating func moveByDeals(
        _ place: Int,
        after seen: Int,
        tied: Set<Int64>,
        _ now: Int64
    ) {
        var fresh: [Int64: Int] = [:]
        for commit in self.tables[place].commits(after: seen) { fresh[commit.id, default: 0] += 1 }
        for id in Set(fresh.keys).union(tied).sorted() {
            guard let row = self.tables[place].row(id), !row.now.isArchived,
                let stage = self.stage(
                    by: row,
                    fresh: fresh[id] ?? 0,
                    isTied: tied.contains(id),
                    place
                )
            else { continue }
            let author = MockHubSpotAuthor(sourceType: "DEALS", sourceID: String(id))
            for type in Self.tiedToDeals {
                let isNarrow = type == "0-2" && self.settings.lifecycle.onlyPrimaryCompanies
                for tie in self.associations.list(End(type: "0-3", id: id), to: type)
                where !isNarrow || tie.types.contains(where: \.isPrimary) {
                    self.advance(End(type: type, id: tie.id), to: stage, author, now)
                }
            }
        }
    }

    /// The stage to which a deal brings what it is tied to; `nil` where nothing happened that does.
    ///
    /// `fresh`: how many of its commits nobody has looked at yet.
    private func stage(
        by row: RecordTable.Row,
        fresh: Int,
        isTied: Bool,
        _ place: Int
    ) -> String? {
        let settings = self.settings.lifecycle
        let news = row.versions.suffix(fresh)
        // Records that stand in an account from the start are no events.
        guard !news.contains(where: { $0.kind == .seed }) else { return nil }
        let isNew = news.contains { $0.kind == .create }
        let facts = self.tables[place].facts(row.now)
        let before = row.versions.dropLast(fresh).last
        let hasMoved =
            isNew || before.map { $0.values["dealstage"] != row.now.values["dealstage"] } ?? false
        if facts?.isWon == true, hasMoved || isTied, !settings.dealWon.isEmpty {
            return settings.dealWon
        }
        guard isNew || isTied && facts?.isClosed != true, !settings.dealMade.isEmpty else {
            return nil
        }
        return settings.dealMade
    }

    /// Brings contacts along whose primary company has come to another stage.
    private mutating func moveByCompanies(_ place: Int, after seen: Int, _ now: Int64) {
        var fresh: [Int64: Int] = [:]
        for commit in self.tables[place].commits(after: seen) { fresh[commit.id, default: 0] += 1 }
        for (id, count) in fresh.sorted(by: { $0.key < $1.key }) {
            guard let row = self.tables[place].row(id), !row.now.isArchived,
                let stage = row.now.values[Self.lifecycle],
                row.versions.dropLast(count).last?.values[Self.lifecycle] != stage,
                !row.versions.suffix(count).contains(where: { $0.kind == .seed })
            else { continue }
            let author = MockHubSpotAuthor(sourceType: "COMPANIES", sourceID: String(id))
            for tie in self.associations.list(End(type: "0-2", id: id), to: "0-1")
            where tie.types.contains(where: \.isPrimary) {
                self.advance(End(type: "0-1", id: tie.id), to: stage, author, now)
            }
        }
    }

    /// Brings a record to a stage, unless it is there or further on already.
    private mutating func advance(
        _ end: End,
        to stage: String,
        _ author: MockHubSpotAuthor,
        _ now: Int64
    ) {
        guard let place = self.place(of: end.type), let row = self.tables[place].row(end.id) else {
            return
        }
        let stages = self.tables[place].properties[Self.lifecycle]?.options.map(\.value) ?? []
        guard let next = stages.firstIndex(of: stage) else { return }
        if let now = row.now.values[Self.lifecycle] {
            guard let present = stages.firstIndex(of: now), present < next else { return }
        }
        // An archived record stays as it is: then the update is refused.
        try? self.tables[place].update(end.id, [(Self.lifecycle, stage)], author, now)
    }

    private static let lifecycle = "lifecyclestage"
}
