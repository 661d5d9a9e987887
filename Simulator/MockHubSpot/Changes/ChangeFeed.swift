/// How far the portal's history was told to those who listen.
///
/// Nothing is recorded before somebody subscribes: the record tables keep their versions anyway,
/// and the feed reads what was added to them.
struct ChangeFeed: Sendable, Codable {
    private(set) var isOn = false
    /// Who belonged to each list when it was last looked at; `nil` while nobody listens to lists.
    var members: [String: Set<Int64>]?
    /// How many commits of each table were told.
    private var told: [Int] = []

    mutating func start(at counts: [Int]) {
        guard !self.isOn else { return }
        self.isOn = true
        self.told = counts
    }

    /// How many commits of a table are known already; the table now has so many.
    mutating func advance(_ place: Int, to count: Int) -> Int {
        // An object type may have been made since the last look.
        while self.told.count <= place { self.told.append(0) }
        let known = min(self.told[place], count)
        self.told[place] = count
        return known
    }
}
