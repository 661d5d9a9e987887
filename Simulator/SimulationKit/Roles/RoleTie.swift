/// A deal and a contact that may be tied to it, by one CRM's ids.
struct RoleTie: Sendable, Hashable {
    var deal: String
    var contact: String
}
