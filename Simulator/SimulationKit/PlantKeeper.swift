import SyncCore

/// How one CRM's plants are worked on; each deed is a person's or the other app's.
protocol PlantKeeper: Sendable {
    var side: Side { get }
    var object: String { get }
    /// The CRM's name of the field that is edited.
    var cityName: String { get }

    /// What was made; `nil` where nothing was.
    func make(_ name: String, _ city: String, isApp: Bool) throws -> UnmappedRecord?
    /// Whether it was done, as for all that answers so.
    func edit(_ id: String, city: String, isApp: Bool) throws -> Bool
    func delete(_ id: String, isApp: Bool) throws -> Bool
    func restore(_ id: String) throws
    /// The record as it is then; `nil` where there is nobody to tie it to. `other` picks one.
    func tie(_ record: UnmappedRecord, _ other: Int, isApp: Bool) throws -> UnmappedRecord?
    func part(_ record: UnmappedRecord, _ other: Int, isApp: Bool) throws -> UnmappedRecord?
}
