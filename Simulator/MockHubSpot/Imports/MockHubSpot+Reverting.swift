/// Imports that a person takes back.
extension MockHubSpot {
    /// Archives the records that an import made; those that it only changed keep their new values.
    ///
    /// There is no request for it: people do it in the app.
    package mutating func revertImport(
        _ id: String,
        by author: MockHubSpotAuthor = .person(1),
        at now: Int64
    ) throws(MockHubSpotRefusal) {
        guard let job = self.imports.jobs.firstIndex(where: { String($0.id) == id }),
            self.imports.jobs[job].state(at: now) == "DONE",
            self.imports.jobs[job].finishedAt != nil
        else { throw .unknownRecord }
        let maker = "importId:\(id)"
        for place in self.tables.indices {
            let made = self.tables[place].rows.filter { row in
                !row.now.isArchived && row.mergedInto == nil
                    && self.tables[place].maker(row)?.sourceID == maker
            }
            for row in made { self.tables[place].archive(row.id, author, now) }
        }
        self.imports.jobs[job].isReverted = true
    }
}
