/// One record to be made from a line of somebody's export.
package struct ImportRow: Sendable {
    package var isHubSpot: Bool
    package var object: String
    package var fields: [(String, String)]
    /// The records it belongs to.
    package var ties: [ImportTie] = []
    /// The record's id where the export was made, if the file has it.
    package var formerID: String?
    /// `file:line`, for messages.
    package var place: String
}
