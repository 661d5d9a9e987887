/// A field that administrators broke for a while.
package struct SchemaBreak: Sendable, Hashable {
    /// HubSpot's name of the field; `nil` where the whole record is refused.
    package var field: String?
    /// True time, milliseconds since 1970; no end while it is broken.
    package var from: Int64
    package var to: Int64?
}
