/// One marketing e-mail, sent to many.
struct EmailCampaign: Sendable, Codable {
    var id: Int64
    var name: String
    var subject: String
    var updatedAt: Int64
}
