// A page with a graph: the picture's code is loaded when the picture comes near the view.
const element = document.getElementById("graph");
if (element?.dataset.src !== undefined) {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      void import("./graph/page").then(({ drawFromServer }) => drawFromServer(element));
    },
    { rootMargin: "300px" },
  );
  observer.observe(element);
}
