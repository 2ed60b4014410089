"""Pages: what citizens, staff and the public look at. Server-rendered, no build step, no outside hosts."""
