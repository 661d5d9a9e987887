/// What a batch does with an id that was merged into another record.
package enum MockHubSpotMergedIDs: String, Sendable, Hashable, Codable {
    /// Neither among the results nor among the errors.
    case omitted
    /// The survivor takes part under its own id.
    case followed
    /// An error like any other unknown id.
    case missing
}
