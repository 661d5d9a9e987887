/// What the body of a request must look like to be read at all.
enum BodyShape: Sendable, Hashable {
    /// An object; its members are the endpoint's business.
    case object
    /// An object with `properties`, whose values are no containers.
    case record
    /// An object with `inputs`: objects, whose `properties` are as those of a record.
    case inputs
    /// An object with arrays where a search has some.
    case search
    case array
}
