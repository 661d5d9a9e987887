/// A folder of lists; the root has no entry of its own and the id 0.
struct ListFolder: Sendable, Codable {
    static let root = 0

    var id: Int
    var parent: Int
    var name: String
    var createdAt: Int64
    var updatedAt: Int64
}
