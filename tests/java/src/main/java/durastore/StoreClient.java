package durastore;

import java.net.URI;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.duracloud.client.ContentStore;
import org.duracloud.client.ContentStoreManager;
import org.duracloud.client.ContentStoreManagerImpl;
import org.duracloud.common.model.Credential;

/**
 * Asks a DuraStore server with the public Java client, and ends with 1 where an answer is not the one of a real server.
 * Arguments: the URL of the server, and the login and password of an administrator and of a user.
 */
public final class StoreClient {

    private static final String SPACE = "oral-histories-hls";
    private static final int ITEMS = 1200;

    private StoreClient() {
    }

    public static void main(String[] args) throws Exception {
        URI url = URI.create(args[0]);
        ContentStore store = login(url, args[1], args[2]).getPrimaryContentStore();

        Map<String, ContentStore> stores = login(url, args[1], args[2]).getContentStores();
        check("stores", stores.size() > 1 && stores.containsKey(store.getStoreId()), stores.keySet());

        List<String> spaces = store.getSpaces();
        check("spaces", spaces.contains(SPACE), spaces);

        Map<String, String> properties = store.getSpaceProperties(SPACE);
        check("properties", properties.containsKey("hls-streaming-host"), properties);

        List<String> items = some(store.getSpaceContents(SPACE));
        check("contents over a page", items.size() == ITEMS, items.size());

        String item = items.get(0);
        Map<String, String> itemProperties = store.getContentProperties(SPACE, item);
        check("content properties", itemProperties.containsKey("content-checksum"), itemProperties);

        List<String> tasks = store.getSupportedTasks();
        check("tasks", tasks.contains("noop") && tasks.contains("enable-hls"), tasks);

        String reply = store.performTask("noop", "");
        check("noop", "Success".equals(reply), reply);

        String body = "{\"spaceId\": \"" + SPACE + "\", \"contentId\": \"" + item + "\"}";
        String streamed = store.performTask("get-url-hls", body);
        check("get-url-hls", streamed.contains("\"streamUrl\" : \"https://") && streamed.contains(item), streamed);

        try {
            login(url, args[3], args[4]).getPrimaryContentStore().performTask("noop", "");
            check("noop by a user", false, "it was allowed");
        } catch (Exception refused) {
            check("noop by a user", isUnauthorized(refused), refused);
        }
    }

    private static ContentStoreManager login(URI url, String user, String password) {
        String context = url.getPath().substring(1);
        ContentStoreManager manager =
            new ContentStoreManagerImpl(url.getHost(), String.valueOf(url.getPort()), context);
        manager.login(new Credential(user, password));
        return manager;
    }

    private static List<String> some(Iterator<String> all) {
        List<String> found = new ArrayList<>();
        while (all.hasNext() && found.size() < ITEMS) {
            found.add(all.next());
        }
        return found;
    }

    private static boolean isUnauthorized(Throwable refused) {
        for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
            if (cause.getClass().getSimpleName().startsWith("Unauthorized")) {
                return true;
            }
        }
        return false;
    }

    private static void check(String what, boolean holds, Object found) {
        String shown = String.valueOf(found);
        System.out.println((holds ? "ok    " : "WRONG ") + what + ": "
            + (shown.length() > 300 ? shown.substring(0, 300) + "…" : shown));
        if (!holds) {
            System.exit(1);
        }
    }
}
