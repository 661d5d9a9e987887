/// The portal's exports, oldest first.
struct ExportStore: Sendable, Codable {
    var jobs: [ExportJob] = []
    private var ids: Int64 = 4_550_000

    mutating func nextID() -> Int64 {
        self.ids += 1
        return self.ids
    }
}
