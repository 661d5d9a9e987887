import CRMInterface
import SyncCore
import WireJSON

/// Writes search bodies: filters, sorts, properties.
///
/// docs/api-reference/latest/crm/search-the-crm: 200 a page, 10,000 in all, 3,000 characters, one
/// sort; times are compared as epoch milliseconds in text.
enum HubSpotQueries {
    /// One page of changes in id order: no offset, so no 10,000-result cap.
    ///
    /// `propertyNames`: `nil` asks for id and stamp only, when the body would be over
    /// HubSpot's 3,000 characters.
    static func changes(_ scan: FeedScan, propertyNames: [String]?) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { root in
            root.name("filterGroups")
            root.array { groups in
                groups.object { group in
                    group.name("filters")
                    group.array { Self.filters(scan, into: &$0) }
                }
            }
            Self.idOrder(&root)
            root.name("properties")
            root.array { list in
                let stamp = HubSpotRequests.stampProperty(scan.object)
                for name in propertyNames ?? [stamp] { list.string(name) }
            }
            root.member("limit", 200)
        }
        return writer.bytes
    }

    /// The ids of records whose property holds one of the values, in id order after one.
    ///
    /// Texts compare without case, and the listed values have to be in lower case for it
    /// (docs/api-reference/latest/crm/search-the-crm: IN).
    static func having(_ property: String, _ values: [String], afterID: String?) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { root in
            Self.filters(of: &root) { filters in
                filters.object { filter in
                    filter.member("propertyName", property)
                    filter.member("operator", "IN")
                    filter.name("values")
                    filter.array { list in for value in values { list.string(value) } }
                }
                if let afterID { Self.after(afterID, into: &filters) }
            }
            Self.idOrder(&root)
            root.name("properties")
            root.array { $0.string("hs_object_id") }
            root.member("limit", 200)
        }
        return writer.bytes
    }

    /// The record whose time in a property is the latest, with that property alone.
    static func newest(by property: String) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { root in
            Self.filters(of: &root) { filters in
                filters.object { filter in
                    filter.member("propertyName", property)
                    filter.member("operator", "HAS_PROPERTY")
                }
            }
            root.name("sorts")
            root.array { sorts in
                sorts.object { sort in
                    sort.member("propertyName", property)
                    sort.member("direction", "DESCENDING")
                }
            }
            root.name("properties")
            root.array { $0.string(property) }
            root.member("limit", 1)
        }
        return writer.bytes
    }

    /// Filters that must all hold.
    private static func filters(
        of root: inout JSONWriter,
        _ write: (inout JSONWriter) -> Void
    ) {
        root.name("filterGroups")
        root.array { groups in
            groups.object { group in
                group.name("filters")
                group.array { write(&$0) }
            }
        }
    }

    private static func idOrder(_ root: inout JSONWriter) {
        root.name("sorts")
        root.array { sorts in
            sorts.object { sort in
                sort.member("propertyName", "hs_object_id")
                sort.member("direction", "ASCENDING")
            }
        }
    }

    private static func after(_ id: String, into filters: inout JSONWriter) {
        filters.object { filter in
            filter.member("propertyName", "hs_object_id")
            filter.member("operator", "GT")
            filter.member("value", id)
        }
    }

    private static func filters(_ scan: FeedScan, into writer: inout JSONWriter) {
        if case .changes(let since) = scan.range {
            writer.object { filter in
                filter.member("propertyName", HubSpotRequests.stampProperty(scan.object))
                filter.member("operator", "GTE")
                filter.member("value", String(since.milliseconds))
            }
        }
        if case .afterID(let id)? = scan.continuation { Self.after(id, into: &writer) }
    }
}
