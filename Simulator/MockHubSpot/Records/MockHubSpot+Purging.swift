/// Records that were in the recycle bin too long.
extension MockHubSpot {
    private static let day: Int64 = 86_400_000

    /// Looks once a day for records whose time in the recycle bin is over; nobody is told.
    mutating func purgeArchived(_ now: Int64) {
        guard now >= self.purgesAt else { return }
        self.purgesAt = now + Self.day
        for place in self.tables.indices {
            self.tables[place].forgetArchived(before: now - self.settings.archiveAge)
        }
    }
}
